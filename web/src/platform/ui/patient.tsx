// Who this is, in view on every clinical screen: name, age, sex, numbers, allergies in red, insurance, warnings.
import { IconAlertTriangle, IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Gender, Person } from '@/platform/api/types'
import { formatDate, formatPhone } from '@/platform/format'
import { m } from '@/platform/i18n'
import { Tag } from './parts'

export function genderName(gender: Gender): string {
  switch (gender) {
    case 'male':
      return m.platform_gender_male()
    case 'female':
      return m.platform_gender_female()
    case 'other':
      return m.platform_gender_other()
    case 'unknown':
      return m.platform_gender_unknown()
  }
}

/** "36 tuổi · Nữ · 01/02/1990" */
export function personLine(person: Person): string {
  return [person.ageText, genderName(person.gender), formatDate(person.birthDate)].filter(Boolean).join(' · ')
}

export function InsuranceTag({ person }: { person: Person }) {
  const insurance = person.insurance
  if (!insurance || insurance.state === 'none') return <Tag icon={<IconShieldOff size={14} />}>{m.platform_insurance_none()}</Tag>
  switch (insurance.state) {
    case 'valid':
      return (
        <Tag tone="good" icon={<IconShieldCheck size={14} />}>
          {insurance.validTo ? m.platform_insurance_valid_to({ date: formatDate(insurance.validTo) }) : m.platform_insurance_valid()}
        </Tag>
      )
    case 'expired':
      return (
        <Tag tone="warn" icon={<IconShieldOff size={14} />}>
          {m.platform_insurance_expired({ date: formatDate(insurance.validTo) })}
        </Tag>
      )
    case 'unknown':
      return <Tag tone="info">{m.platform_insurance_unknown()}</Tag>
  }
}

export function PatientBanner({ person, ticket, children }: { person: Person; ticket?: string; children?: ReactNode }) {
  return (
    <section className="t-banner" aria-label={person.name} data-testid="patient-banner">
      {ticket && <span className="ticket">{ticket}</span>}
      <div className="t-grow">
        <div className="t-row">
          <span className="who">{person.name}</span>
          <span>{personLine(person)}</span>
          {person.temporary && <Tag tone="warn">{m.platform_temporary()}</Tag>}
        </div>
        <div className="facts t-small">
          {person.personalNumber && (
            <span className="num">
              {m.platform_number_personal()} <b>{person.personalNumber}</b>
            </span>
          )}
          {person.patientNumber && (
            <span className="num">
              {m.platform_number_patient()} <b>{person.patientNumber}</b>
            </span>
          )}
          {person.phone && <span className="num">{formatPhone(person.phone)}</span>}
          {person.address && <span>{person.address}</span>}
        </div>
      </div>
      <div className="t-row tight">
        {person.allergies.length === 0 ? (
          <Tag>{m.platform_no_allergy()}</Tag>
        ) : (
          person.allergies.map((allergy) => (
            <Tag key={allergy} tone="danger" icon={<IconAlertTriangle size={14} />}>
              {m.platform_allergy({ text: allergy })}
            </Tag>
          ))
        )}
        <InsuranceTag person={person} />
        {person.warnings.map((warning) => (
          <Tag key={warning} tone="warn" icon={<IconAlertTriangle size={14} />}>
            {warning}
          </Tag>
        ))}
        {children}
      </div>
    </section>
  )
}
