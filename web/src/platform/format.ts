// How numbers, dates, money and phone numbers are written: the same in both languages, as the station's papers do.
const kNonBreakingSpace = ' '

export function formatNumber(value: number, decimals = 0): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  return (value < 0 ? '-' : '') + grouped + (fraction ? `,${fraction}` : '')
}

/** A measured value: comma as decimal mark, no padding with zeros, no grouping. */
export function formatValue(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value).replace('.', ',')
}

export function formatMoney(value: number): string {
  const decimals = Number.isInteger(value) ? 0 : 2
  return `${formatNumber(value, decimals)}${kNonBreakingSpace}₫`
}

/** What a person typed as a number, with comma or point as decimal mark; null when empty or not a number. */
export function parseNumber(text: string): number | null {
  const cleaned = text.trim().replace(/\s/g, '').replace(',', '.')
  if (cleaned === '' || !/^-?\d*\.?\d+$/.test(cleaned)) return null
  return Number(cleaned)
}

export function parseMoney(text: string): number | null {
  const digits = text.replace(/[\s.₫đ]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : null
}

const pad = (n: number) => String(n).padStart(2, '0')

/** ISO date or instant, or a bare year, as 21/11/2026 (or 1990). */
export function formatDate(iso: string | null | undefined): string {
  if (!iso) return ''
  if (/^\d{4}$/.test(iso)) return iso
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (day) return `${day[3]}/${day[2]}/${day[1]}`
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${pad(at.getDate())}/${pad(at.getMonth() + 1)}/${at.getFullYear()}`
}

export function formatTime(iso: string | null | undefined): string {
  if (!iso) return ''
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? '' : `${pad(at.getHours())}:${pad(at.getMinutes())}`
}

export function formatDateTime(iso: string | null | undefined): string {
  return iso ? `${formatDate(iso)} ${formatTime(iso)}` : ''
}

export function isToday(iso: string): boolean {
  return formatDate(iso) === formatDate(new Date().toISOString())
}

export function localToday(now = new Date()): string {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}

export function addDays(isoDate: string, days: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number)
  return localToday(new Date(year, month - 1, day + days))
}

export function formatPhone(phone: string | null | undefined): string {
  if (!phone) return ''
  const digits = phone.replace(/\D/g, '')
  return /^0\d{9}$/.test(digits) ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : phone
}

/** A date as people type it (1/2/1990, 01021990, 1990) to ISO; null when it is no date. */
export function parseDate(text: string): string | null {
  const typed = text.trim()
  if (/^(19|20)\d{2}$/.test(typed)) return typed
  const parts =
    /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed)
  const [year, month, day] = parts
    ? [Number(parts[3]), Number(parts[2]), Number(parts[1])]
    : iso
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : [0, 0, 0]
  const date = new Date(year, month - 1, day)
  if (year < 1880 || date.getMonth() !== month - 1 || date.getDate() !== day) return null
  return `${year}-${pad(month)}-${pad(day)}`
}

const kSuperscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A unit or reference range as the station's papers write it: 10⁹/L, 11,5 – 14,5. */
export function formatMeasure(text: string): string {
  return text
    .replace(/\^(\d+)/g, (_, digits: string) => [...digits].map((digit) => kSuperscripts[Number(digit)]).join(''))
    .replace(/(\d)\.(\d)/g, '$1,$2')
}
