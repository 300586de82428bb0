// Prescription lines: dose, times, days; the quantity follows, and what a pharmacist would ask is said at once.
import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { formatMoney, formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'
import { NumberField } from '@/platform/ui/fields'
import { Tag } from '@/platform/ui/parts'
import { Picker } from '@/platform/ui/picker'
import { toast } from '@/platform/ui/toast'
import { computedQuantity, kTimesOfDay, lineOf, timeName, warningsOf } from './dose'
import { visitResource, type DrugItem, type RxLine } from './visit.resource'

interface PrescribingProps {
  lines: RxLine[]
  allergies: string[]
  readOnly: boolean
  onChange: (lines: RxLine[]) => void
}

export function Prescribing({ lines, allergies, readOnly, onChange }: PrescribingProps) {
  const drugs = useRef(new Map<string, DrugItem>())
  const set = (at: number, part: Partial<RxLine>) => {
    onChange(
      lines.map((line, i) => {
        if (i !== at) return line
        const next = { ...line, ...part }
        if ('timesOfDay' in part) next.times = next.timesOfDay.length
        const followed = line.quantity === computedQuantity(line)
        if (!('quantity' in part) && (followed || line.quantity === null)) next.quantity = computedQuantity(next)
        return next
      }),
    )
  }
  return (
    <div className="t-col">
      {lines.length === 0 && <p className="t-muted">{m.visit_rx_none()}</p>}
      {lines.length > 0 && (
        <ol className="v-rx">
          {lines.map((line, i) => {
            const warnings = warningsOf(line, drugs.current.get(line.drug), allergies, lines.findIndex((other) => other.drug === line.drug) < i)
            return (
              <li key={`${line.drug}-${i}`} data-testid="rx-line">
                <div className="v-rx-head">
                  <b>
                    {i + 1}. {line.name}
                  </b>
                  {!readOnly && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`${m.visit_remove()} ${line.name}`}
                      onClick={() => {
                        onChange(lines.filter((_, j) => j !== i))
                        toast(m.visit_removed({ name: line.name }), () => onChange(lines))
                      }}
                    >
                      <IconX size={18} />
                    </ActionIcon>
                  )}
                </div>
                {readOnly ? (
                  <p className="num">
                    {formatValue(line.dose)} {line.doseUnit} × {line.timesOfDay.map(timeName).join(', ') || line.times} × {formatValue(line.days)} {m.visit_rx_days().toLowerCase()} ={' '}
                    <b>
                      {formatValue(line.quantity)} {line.unit}
                    </b>
                    {line.note ? ` · ${line.note}` : ''}
                  </p>
                ) : (
                  <div className="v-rx-fields">
                    <NumberField size="sm" w={96} label={m.visit_rx_dose()} unit={line.doseUnit} value={line.dose} onChange={(dose) => set(i, { dose })} data-rx={`dose-${i}`} />
                    <fieldset className="t-choice">
                      <legend className="t-legend-small">{m.visit_rx_when()}</legend>
                      <div className="t-row v-times">
                        {kTimesOfDay.map((time) => (
                          <button
                            key={time}
                            type="button"
                            className="t-chip"
                            aria-pressed={line.timesOfDay.includes(time)}
                            onClick={() =>
                              set(i, { timesOfDay: kTimesOfDay.filter((other) => (other === time) !== line.timesOfDay.includes(other)) })
                            }
                          >
                            {timeName(time)}
                          </button>
                        ))}
                      </div>
                    </fieldset>
                    <NumberField size="sm" w={66} label={m.visit_rx_days()} value={line.days} onChange={(days) => set(i, { days })} />
                    <NumberField size="sm" w={104} label={m.visit_rx_quantity()} unit={line.unit} value={line.quantity} onChange={(quantity) => set(i, { quantity })} />
                    <TextInput size="sm" className="t-grow" label={m.visit_rx_note()} value={line.note} autoComplete="off" list="rx-notes" onChange={(event) => set(i, { note: event.currentTarget.value })} />
                    <NativeSelect
                      size="sm"
                      w={92}
                      label={m.visit_rx_payer()}
                      value={line.payer}
                      onChange={(event) => set(i, { payer: event.currentTarget.value === 'self' ? 'self' : 'insurance' })}
                      data={[
                        { value: 'insurance', label: m.visit_rx_insurance() },
                        { value: 'self', label: m.visit_rx_self() },
                      ]}
                    />
                  </div>
                )}
                {warnings.map((warning) => (
                  <div key={warning.text} className={`t-small v-rx-warning ${warning.tone}`}>
                    <IconAlertTriangle size={15} /> {warning.text}
                  </div>
                ))}
              </li>
            )
          })}
        </ol>
      )}
      {!readOnly && (
        <>
          <datalist id="rx-notes">
            <option value={m.visit_rx_after_meal()} />
            <option value={m.visit_rx_before_meal()} />
          </datalist>
          <Picker
            label={m.visit_rx_add()}
            hideLabel
            placeholder={m.visit_rx_add()}
            cacheKey="drugs"
            find={(text) => visitResource.drugs(text)}
            keyOf={(drug) => drug.code}
            option={(drug) => (
              <div className="t-row tight">
                <span className="t-grow">
                  <b>{drug.name}</b> <span>{drug.name.includes(drug.strength) ? '' : drug.strength}</span>
                  <span className="t-muted t-small">
                    {' '}
                    {drug.substance} · {drug.form} · {formatMoney(drug.price)}/{drug.unit}
                  </span>
                </span>
                {(drug.kind === 'N' || drug.kind === 'H') && <Tag tone="danger">{m.visit_rx_controlled()}</Tag>}
                {!drug.insured && <Tag tone="warn">{m.visit_rx_not_insured()}</Tag>}
                <Tag tone={drug.onHand <= 0 ? 'danger' : 'plain'}>{m.visit_rx_on_hand({ n: formatValue(drug.onHand), unit: drug.unit })}</Tag>
              </div>
            )}
            onPick={(drug) => {
              drugs.current.set(drug.code, drug)
              onChange([...lines, lineOf(drug)])
            }}
          />
        </>
      )}
    </div>
  )
}

export function AddOrder({ onOrder, busy }: { onOrder: (code: string, name: string) => void; busy: boolean }) {
  return (
    <Picker
      label={m.visit_order_add()}
      hideLabel
      placeholder={m.visit_order_add()}
      cacheKey="services"
      disabled={busy}
      find={(text) => visitResource.services(text)}
      keyOf={(service) => service.code}
      option={(service) => (
        <div className="t-row tight">
          <span className="t-grow">
            <b>{service.name}</b>
          </span>
          {!service.insured && <Tag tone="warn">{m.visit_rx_not_insured()}</Tag>}
          <span className="t-muted num">{formatMoney(service.price)}</span>
        </div>
      )}
      onPick={(service) => onOrder(service.code, service.name)}
    />
  )
}

