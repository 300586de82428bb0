// The form about a person: filled from the card, one column of groups, only what this kind of person needs.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { ApiError } from '@/platform/api/client'
import { m } from '@/platform/i18n'
import { DateField, enterMovesOn } from '@/platform/ui/fields'
import { Choice, ErrorNote, Note } from '@/platform/ui/parts'
import { Picker } from '@/platform/ui/picker'
import { receptionResource, type Guardian, type InsuranceForm, type PersonForm } from './reception.resource'

const kNoInsurance: InsuranceForm = { number: '', validFrom: '', validTo: '', registeredFacility: '', fiveYearsFrom: '' }
const kNoGuardian: Guardian = { name: '', personalNumber: '', relationship: 'mother' }

type Problems = Partial<Record<string, string>>

export function problemsOf(form: PersonForm): Problems {
  const problems: Problems = {}
  if (form.name.trim() === '' && form.identityKind !== 'unknown') problems.name = m.reception_required_name()
  if (form.birthDate === '' && form.identityKind !== 'unknown') problems.birthDate = m.reception_required_birth()
  if (form.gender === 'unknown' && form.identityKind !== 'unknown') problems.gender = m.reception_required_gender()
  if (form.personalNumber !== '' && !/^\d{12}$/.test(form.personalNumber)) problems.personalNumber = m.reception_personal_12()
  return problems
}

interface PersonFieldsProps {
  initial: PersonForm
  submitLabel: string
  busy: boolean
  error: unknown
  onSubmit: (form: PersonForm) => void
  onBack: () => void
  notes?: ReactNode
}

export function PersonFields(props: PersonFieldsProps) {
  const [form, setForm] = useState(props.initial)
  const [communeName, setCommuneName] = useState(form.communeCode)
  const [problems, setProblems] = useState<Problems>({})
  const ethnicities = useQuery({ queryKey: ['catalogue', 'ethnicities'], queryFn: receptionResource.ethnicities, staleTime: Number.POSITIVE_INFINITY })
  const occupations = useQuery({ queryKey: ['catalogue', 'occupations'], queryFn: receptionResource.occupations, staleTime: Number.POSITIVE_INFINITY })

  const set = (part: Partial<PersonForm>) => setForm((now) => ({ ...now, ...part }))
  const setInsurance = (part: Partial<InsuranceForm>) => {
    const next = { ...(form.insurance ?? kNoInsurance), ...part }
    set({ insurance: Object.values(next).every((value) => value === '') ? null : next })
  }
  const setGuardian = (part: Partial<Guardian>) => set({ guardian: { ...(form.guardian ?? kNoGuardian), ...part } })
  const refused = props.error instanceof ApiError ? (props.error.field?.replace(/^form\./, '') ?? null) : null
  const errorAt = (field: string) => problems[field] ?? (refused === field ? (props.error as ApiError).message : undefined)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsOf(form)
    setProblems(found)
    if (Object.keys(found).length === 0) props.onSubmit(form)
  }
  const temporary = form.identityKind !== 'citizen'
  const noPapers = form.identityKind === 'citizen' && (refused === 'identityReason' || form.identityReason !== '')
  const young = form.identityKind === 'newborn' || form.guardian !== null

  return (
    <form onSubmit={submit} onKeyDown={enterMovesOn} className="t-col" noValidate>
      {props.notes}
      {temporary && <Note tone="info">{m.reception_temporary_note()}</Note>}
      {props.error !== null && <ErrorNote error={props.error} />}
      <h3 className="t-legend">{m.reception_group_identity()}</h3>
      <div className="t-fields">
        <TextInput className="w8" label={m.reception_field_name()} value={form.name} autoFocus autoComplete="off" error={errorAt('name')} onChange={(e) => set({ name: e.currentTarget.value })} />
        <DateField className="w4" label={`${m.reception_field_birth()} (${m.reception_field_birth_hint()})`} value={form.birthDate} error={errorAt('birthDate')} onChange={(birthDate) => set({ birthDate })} />
        <div className="w5">
          <Choice
            label={m.reception_field_gender()}
            value={form.gender === 'unknown' ? null : form.gender}
            options={[
              { value: 'male', label: m.platform_gender_male() },
              { value: 'female', label: m.platform_gender_female() },
              { value: 'other', label: m.platform_gender_other() },
            ]}
            onChange={(gender) => set({ gender })}
          />
          {errorAt('gender') && <div className="t-danger t-small" role="alert">{errorAt('gender')}</div>}
        </div>
        {form.identityKind === 'citizen' && (
          <TextInput className="w4 num" label={m.reception_field_personal()} inputMode="numeric" autoComplete="off" maxLength={12} value={form.personalNumber} error={errorAt('personalNumber')} onChange={(e) => set({ personalNumber: e.currentTarget.value.trim() })} />
        )}
        {form.identityKind === 'foreigner' && (
          <TextInput className="w4" label={m.reception_field_passport()} autoComplete="off" value={form.passport} error={errorAt('passport')} onChange={(e) => set({ passport: e.currentTarget.value })} />
        )}
        {temporary ? (
          <TextInput className={form.identityKind === 'foreigner' ? 'w3' : 'w7'} label={m.reception_field_identity_reason()} autoComplete="off" value={form.identityReason} error={errorAt('identityReason')} onChange={(e) => set({ identityReason: e.currentTarget.value })} />
        ) : (
          <TextInput className="w3 num" label={m.reception_field_old_id()} inputMode="numeric" autoComplete="off" maxLength={12} value={form.oldId} error={errorAt('oldId')} onChange={(e) => set({ oldId: e.currentTarget.value.trim() })} />
        )}
        {noPapers && (
          <TextInput className="w12" label={m.reception_field_identity_reason()} autoComplete="off" autoFocus value={form.identityReason} error={errorAt('identityReason')} onChange={(e) => set({ identityReason: e.currentTarget.value })} />
        )}
      </div>
      {young && (
        <>
          <h3 className="t-legend">{m.reception_group_guardian()}</h3>
          <div className="t-fields">
            <TextInput className="w5" label={m.reception_field_guardian()} autoComplete="off" value={form.guardian?.name ?? ''} error={errorAt('guardian.name')} onChange={(e) => setGuardian({ name: e.currentTarget.value })} />
            <TextInput className="w4 num" label={m.reception_field_guardian_number()} inputMode="numeric" autoComplete="off" maxLength={12} value={form.guardian?.personalNumber ?? ''} error={errorAt('guardian.personalNumber')} onChange={(e) => setGuardian({ personalNumber: e.currentTarget.value.trim() })} />
            <NativeSelect
              className="w3"
              label={m.reception_field_relationship()}
              value={form.guardian?.relationship ?? 'mother'}
              onChange={(e) => setGuardian({ relationship: e.currentTarget.value })}
              data={[
                { value: 'mother', label: m.reception_relationship_mother() },
                { value: 'father', label: m.reception_relationship_father() },
                { value: 'other', label: m.reception_relationship_other() },
              ]}
            />
          </div>
        </>
      )}
      <h3 className="t-legend">{m.reception_group_insurance()}</h3>
      <div className="t-fields">
        <TextInput className="w4 num" label={m.reception_field_insurance()} autoComplete="off" maxLength={15} value={form.insurance?.number ?? ''} error={errorAt('insurance.number')} onChange={(e) => setInsurance({ number: e.currentTarget.value.trim().toUpperCase() })} />
        <DateField className="w2" label={m.reception_field_valid_from()} value={form.insurance?.validFrom ?? ''} onChange={(validFrom) => setInsurance({ validFrom })} />
        <DateField className="w2" label={m.reception_field_valid_to()} value={form.insurance?.validTo ?? ''} onChange={(validTo) => setInsurance({ validTo })} />
        <TextInput className="w2" label={m.reception_field_registered()} placeholder="01C54" autoComplete="off" maxLength={5} value={form.insurance?.registeredFacility ?? ''} onChange={(e) => setInsurance({ registeredFacility: e.currentTarget.value.trim() })} />
        <DateField className="w2" label={m.reception_field_five_years()} value={form.insurance?.fiveYearsFrom ?? ''} onChange={(fiveYearsFrom) => setInsurance({ fiveYearsFrom })} />
      </div>
      <h3 className="t-legend">{m.reception_group_contact()}</h3>
      <div className="t-fields">
        <TextInput className="w8" label={m.reception_field_address()} autoComplete="off" value={form.address} error={errorAt('address')} onChange={(e) => set({ address: e.currentTarget.value })} />
        <TextInput className="w4 num" label={m.reception_field_phone()} inputMode="tel" autoComplete="off" value={form.phone} error={errorAt('phone')} onChange={(e) => set({ phone: e.currentTarget.value })} />
        <div className="w4">
          <Picker
            label={m.reception_field_commune()}
            cacheKey="communes"
            find={(text) => receptionResource.communes(text)}
            keyOf={(item) => item.code}
            option={(item) => item.name}
            shown={communeName}
            error={errorAt('communeCode')}
            onPick={(item) => {
              set({ communeCode: item.code })
              setCommuneName(item.name)
            }}
          />
        </div>
        <NativeSelect className="w4" label={m.reception_field_ethnicity()} value={form.ethnicity} onChange={(e) => set({ ethnicity: e.currentTarget.value })}>
          <option value="">–</option>
          {ethnicities.data?.map((item) => (
            <option key={item.code} value={item.code}>
              {item.name}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect className="w4" label={m.reception_field_occupation()} value={form.occupation} onChange={(e) => set({ occupation: e.currentTarget.value })}>
          <option value="">–</option>
          {occupations.data?.map((item) => (
            <option key={item.code} value={item.code}>
              {item.name}
            </option>
          ))}
        </NativeSelect>
      </div>
      <div className="t-row">
        <Button type="submit" size="md" loading={props.busy}>
          {props.submitLabel}
        </Button>
        <Button type="button" size="md" variant="default" onClick={props.onBack}>
          {m.reception_back()}
        </Button>
      </div>
    </form>
  )
}
