// People who may be the one at the counter, with the reasons why; and the warning before a second record is made.
import { Button } from '@mantine/core'
import { m } from '@/platform/i18n'
import type { Person } from '@/platform/api/types'
import { InsuranceTag, personLine } from '@/platform/ui/patient'
import { Dialog } from '@/platform/ui/dialog'
import { Tag } from '@/platform/ui/parts'
import { arrowsMoveFocus } from './arrows'
import type { Candidate } from './reception.resource'

function MatchTag({ match }: { match: Candidate['match'] }) {
  switch (match) {
    case 'exact':
      return <Tag tone="good">{m.reception_match_exact()}</Tag>
    case 'likely':
      return <Tag tone="warn">{m.reception_match_likely()}</Tag>
    case 'possible':
      return <Tag>{m.reception_match_possible()}</Tag>
  }
}

function PersonLines({ person }: { person: Person }) {
  return (
    <>
      <div className="sub num">
        {personLine(person)}
        {person.personalNumber ? ` · ${m.platform_number_personal()} ${person.personalNumber}` : ''}
      </div>
      <div className="sub">{person.address}</div>
    </>
  )
}

export function CandidateList({ candidates, onTake }: { candidates: Candidate[]; onTake: (person: Person) => void }) {
  return (
    <ul className="t-list" data-testid="candidates" onKeyDown={arrowsMoveFocus}>
      {candidates.map((candidate, i) => (
        <li key={candidate.person.id} onClick={() => onTake(candidate.person)}>
          <div className="main">
            <div className="t-row tight">
              <span className="name">{candidate.person.name}</span>
              <MatchTag match={candidate.match} />
              <InsuranceTag person={candidate.person} />
            </div>
            <PersonLines person={candidate.person} />
            {candidate.because.length > 0 && <div className="sub">{candidate.because.join(' · ')}</div>}
          </div>
          <Button
            data-row-action
            autoFocus={i === 0}
            variant="light"
            aria-label={`${m.reception_take()}: ${candidate.person.name}`}
            onClick={(event) => {
              event.stopPropagation()
              onTake(candidate.person)
            }}
          >
            {m.reception_take()}
          </Button>
        </li>
      ))}
    </ul>
  )
}

export function DuplicateDialog(props: { candidates: Person[]; busy: boolean; onUse: (person: Person) => void; onNew: () => void; onClose: () => void }) {
  return (
    <Dialog onClose={props.onClose} title={m.reception_duplicate_title()} size="lg">
      <p>{m.reception_duplicate_text()}</p>
      <ul className="t-list r-duplicates" onKeyDown={arrowsMoveFocus}>
        {props.candidates.map((person, i) => (
          <li key={person.id}>
            <div className="main">
              <div className="name">{person.name}</div>
              <PersonLines person={person} />
            </div>
            <Button data-row-action data-autofocus={i === 0 ? true : undefined} onClick={() => props.onUse(person)} aria-label={`${m.reception_duplicate_use()}: ${person.name}`}>
              {m.reception_duplicate_use()}
            </Button>
          </li>
        ))}
      </ul>
      <div className="t-modal-actions">
        <Button variant="subtle" color="red" loading={props.busy} onClick={props.onNew}>
          {m.reception_duplicate_new()}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {m.platform_cancel()}
        </Button>
      </div>
    </Dialog>
  )
}
