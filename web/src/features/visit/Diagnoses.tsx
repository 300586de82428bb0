// Diagnoses by code or Vietnamese words without diacritics; what the coding rules say is shown before the choice.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconStarFilled, IconX } from '@tabler/icons-react'
import { m } from '@/platform/i18n'
import { Note, Tag } from '@/platform/ui/parts'
import { Picker } from '@/platform/ui/picker'
import { toast } from '@/platform/ui/toast'
import { visitResource, type DiagnosisLine } from './visit.resource'

interface DiagnosesProps {
  lines: DiagnosisLine[]
  patientId: string
  readOnly: boolean
  onChange: (lines: DiagnosisLine[]) => void
}

/** Exactly one line is the main diagnosis as long as there is any. */
export function withMain(lines: DiagnosisLine[], code?: string): DiagnosisLine[] {
  const main = code ?? lines.find((line) => line.main)?.code ?? lines[0]?.code
  return lines.map((line) => ({ ...line, main: line.code === main }))
}

export function Diagnoses({ lines, patientId, readOnly, onChange }: DiagnosesProps) {
  return (
    <div className="t-col">
      {lines.length === 0 && <p className="t-muted">{m.visit_diagnosis_none()}</p>}
      {lines.length > 0 && (
        <ul className="v-diagnoses">
          {lines.map((line) => (
            <li key={line.code}>
              <b className="num v-code">{line.code}</b>
              <div className="t-grow">
                <div>{line.name}</div>
                {(line.flags ?? []).map((flag) => (
                  <div key={flag.id} className="t-small v-flagtext">
                    {flag.text}
                  </div>
                ))}
              </div>
              {!readOnly && (
                <TextInput
                  size="xs"
                  w={190}
                  placeholder={m.visit_diagnosis_text()}
                  aria-label={`${m.visit_diagnosis_text()}: ${line.code}`}
                  value={line.text}
                  onChange={(event) => {
                    const text = event.currentTarget.value
                    onChange(lines.map((other) => (other.code === line.code ? { ...other, text } : other)))
                  }}
                />
              )}
              {line.main ? (
                <Tag tone="brand" icon={<IconStarFilled size={13} />}>
                  {m.visit_diagnosis_main()}
                </Tag>
              ) : (
                !readOnly && (
                  <Button size="compact-sm" variant="subtle" onClick={() => onChange(withMain(lines, line.code))}>
                    {m.visit_diagnosis_make_main()}
                  </Button>
                )
              )}
              {!readOnly && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${m.visit_remove()} ${line.code}`}
                  onClick={() => {
                    onChange(withMain(lines.filter((other) => other.code !== line.code)))
                    toast(m.visit_removed({ name: line.code }), () => onChange(lines))
                  }}
                >
                  <IconX size={18} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <Picker
          label={m.visit_diagnosis_add()}
          hideLabel
          placeholder={m.visit_diagnosis_add()}
          cacheKey={`diagnoses-${patientId}`}
          find={(text) => visitResource.diagnoses(text, patientId)}
          keyOf={(item) => item.code}
          option={(item) => (
            <div className="t-row tight">
              <b className="num v-code">{item.code}</b>
              <span className="t-grow">{item.name}</span>
              {item.flags.map((flag) => (
                <Tag key={flag.id} tone={flag.id === 'not_main' || flag.id === 'wrong_sex' || flag.id === 'death_only' ? 'danger' : 'warn'}>
                  {flag.text}
                </Tag>
              ))}
            </div>
          )}
          onPick={(item) => {
            if (lines.some((line) => line.code === item.code)) return
            onChange(withMain([...lines, { code: item.code, name: item.name, text: '', main: lines.length === 0, flags: item.flags }]))
          }}
        />
      )}
      {lines.some((line) => line.main && line.flags?.some((flag) => flag.id === 'not_main')) && (
        <Note tone="danger">{lines.find((line) => line.main)?.flags?.find((flag) => flag.id === 'not_main')?.text}</Note>
      )}
    </div>
  )
}
