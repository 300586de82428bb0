// Reception: scan, confirm, next. One box takes every card, number and name; the rest of the screen follows from it.
import { Button, TextInput } from '@mantine/core'
import { IconBabyCarriage, IconHelpHexagon, IconScan, IconUserPlus, IconWorld } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState, type FormEvent } from 'react'
import type { Person } from '@/platform/api/types'
import { formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useScanSink } from '@/platform/scan/sinks'
import { Card, Empty, ErrorNote, Note, PageHead, Tag } from '@/platform/ui/parts'
import { CandidateList, DuplicateDialog } from './Candidates'
import { CheckInPanel } from './CheckInPanel'
import { NumberGiven } from './NumberGiven'
import { PersonFields } from './PersonFields'
import { fullForm, receptionResource, type CheckedIn, type IdentityKind, type PersonForm, type ReadAnswer } from './reception.resource'
import { TodayList } from './TodayList'
import './reception.css'

type Step =
  | { at: 'start' }
  | { at: 'found'; answer: ReadAnswer }
  | { at: 'form'; form: PersonForm; answer: ReadAnswer | null; key: number }
  | { at: 'check-in'; person: Person; answer: ReadAnswer | null }
  | { at: 'number'; result: CheckedIn }

function kindWord(kind: ReadAnswer['kind']): string {
  switch (kind) {
    case 'citizen_card':
      return m.reception_kind_citizen_card()
    case 'insurance_card':
      return m.reception_kind_insurance_card()
    case 'booking':
      return m.reception_kind_booking()
    case 'personal_number':
      return m.reception_kind_personal_number()
    case 'insurance_number':
      return m.reception_kind_insurance_number()
    case 'name':
      return m.reception_kind_name()
    case 'ticket':
      return m.reception_kind_ticket()
  }
}

let formCount = 0

export function ReceptionPage() {
  const [typed, setTyped] = useState('')
  const [step, setStep] = useState<Step>({ at: 'start' })
  const [duplicates, setDuplicates] = useState<{ people: Person[]; form: PersonForm } | null>(null)
  const box = useRef<HTMLInputElement>(null)

  const toForm = (form: PersonForm, answer: ReadAnswer | null) => setStep({ at: 'form', form, answer, key: ++formCount })
  const restart = useCallback(() => {
    setStep({ at: 'start' })
    setTyped('')
    box.current?.focus()
  }, [])

  const read = useMutation({
    mutationFn: receptionResource.read,
    onSuccess: (answer) => {
      setTyped('')
      const exact = answer.people.filter((candidate) => candidate.match === 'exact')
      const only = exact.length === 1 ? exact[0] : undefined
      if (only && answer.kind !== 'name') setStep({ at: 'check-in', person: only.person, answer })
      else if (answer.people.length > 0) setStep({ at: 'found', answer })
      else toForm(fullForm(answer.form), answer)
    },
  })
  const register = useMutation({
    mutationFn: ({ form, confirmed }: { form: PersonForm; confirmed: boolean }) => receptionResource.register(form, confirmed),
    onSuccess: ({ person, candidates }, { form }) => {
      if (!person) {
        setDuplicates({ people: (candidates ?? []).map((candidate) => candidate.person), form })
        return
      }
      setDuplicates(null)
      setStep((now) => ({ at: 'check-in', person, answer: now.at === 'form' ? now.answer : null }))
    },
  })

  const take = (text: string) => {
    if (text.trim() === '') return
    register.reset()
    setDuplicates(null)
    read.mutate(text.trim())
  }
  useScanSink({ take, box: () => box.current })

  const startOther = (identityKind: IdentityKind) => {
    read.reset()
    register.reset()
    toForm(
      fullForm({
        identityKind,
        ...(identityKind === 'newborn' ? { guardian: { name: '', personalNumber: '', relationship: 'mother' } } : {}),
      }),
      null,
    )
  }

  return (
    <div className="t-page r-page">
      <PageHead title={m.reception_title()} />
      <div className="r-columns">
        <div className="t-col">
          <form
            className="r-box"
            role="search"
            data-scan-box
            onSubmit={(event: FormEvent) => {
              event.preventDefault()
              take(typed)
            }}
          >
            <TextInput
              ref={box}
              size="lg"
              aria-label={m.reception_box()}
              placeholder={m.reception_box_hint()}
              leftSection={<IconScan size={24} />}
              leftSectionWidth={52}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-testid="scan-box"
            />
            <Button type="submit" size="lg" loading={read.isPending}>
              {m.reception_read()}
            </Button>
          </form>
          <div className="t-row tight">
            <Button variant="default" size="sm" leftSection={<IconUserPlus size={18} />} onClick={() => startOther('citizen')}>
              {m.reception_new_person()}
            </Button>
            <Button variant="default" size="sm" leftSection={<IconBabyCarriage size={18} />} onClick={() => startOther('newborn')}>
              {m.reception_newborn()}
            </Button>
            <Button variant="default" size="sm" leftSection={<IconWorld size={18} />} onClick={() => startOther('foreigner')}>
              {m.reception_foreigner()}
            </Button>
            <Button variant="default" size="sm" leftSection={<IconHelpHexagon size={18} />} onClick={() => startOther('unknown')}>
              {m.reception_unknown()}
            </Button>
          </div>
          <ErrorNote error={read.error} />

          {step.at === 'start' && (
            <div className="t-card">
              <Empty title={m.reception_start_title()} icon={<IconScan size={44} stroke={1.3} />}>
                <p className="r-start">{m.reception_start_text()}</p>
              </Empty>
            </div>
          )}
          {step.at === 'found' && (
            <Card
              flush
              title={m.reception_found({ n: step.answer.people.length })}
              actions={<Tag tone="info">{kindWord(step.answer.kind)}</Tag>}
            >
              {step.answer.warnings.length > 0 && (
                <div className="body">
                  {step.answer.warnings.map((warning) => (
                    <Note key={warning} tone="warn">
                      {warning}
                    </Note>
                  ))}
                </div>
              )}
              <CandidateList
                key={read.submittedAt}
                candidates={step.answer.people}
                onTake={(person) => setStep({ at: 'check-in', person, answer: step.answer })}
              />
              <div className="r-foot">
                <Button variant="subtle" leftSection={<IconUserPlus size={18} />} onClick={() => toForm(fullForm(step.answer.form), step.answer)}>
                  {m.reception_none_of_these()}
                </Button>
              </div>
            </Card>
          )}
          {step.at === 'form' && (
            <Card title={m.reception_form_title()} actions={step.answer && <Tag tone="info">{kindWord(step.answer.kind)}</Tag>}>
              <PersonFields
                key={step.key}
                initial={step.form}
                submitLabel={m.reception_save_and_on()}
                busy={register.isPending}
                error={register.error}
                onSubmit={(form) => register.mutate({ form, confirmed: false })}
                onBack={restart}
                notes={
                  step.answer && (
                    <>
                      {step.answer.people.length === 0 && <Note tone="info">{m.reception_found_none()}</Note>}
                      {step.answer.warnings.map((warning) => (
                        <Note key={warning} tone="warn">
                          {warning}
                        </Note>
                      ))}
                    </>
                  )
                }
              />
            </Card>
          )}
          {step.at === 'check-in' && (
            <div>
              {step.answer?.booking && (
                <div style={{ marginBottom: 10 }}>
                  <Note tone="info">
                    {m.reception_booking({ time: formatTime(step.answer.booking.time), reason: step.answer.booking.reason })}
                  </Note>
                </div>
              )}
              <CheckInPanel
                key={step.person.id}
                person={step.person}
                booking={step.answer?.booking ?? null}
                warnings={step.answer?.warnings ?? []}
                onDone={(result) => setStep({ at: 'number', result })}
                onBack={restart}
              />
            </div>
          )}
          {step.at === 'number' && <NumberGiven result={step.result} onNext={restart} />}
        </div>
        <TodayList />
      </div>
      {duplicates && (
        <DuplicateDialog
          candidates={duplicates.people}
          busy={register.isPending}
          onUse={(person) => {
            setDuplicates(null)
            register.reset()
            setStep({ at: 'check-in', person, answer: null })
          }}
          onNew={() => register.mutate({ form: duplicates.form, confirmed: true })}
          onClose={() => setDuplicates(null)}
        />
      )}
    </div>
  )
}
