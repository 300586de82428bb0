// A stand-in for `tram demo` while developing screens: the shapes of docs/api.md, everything in memory, nothing shipped.
// Serves web/dist under the station's content security policy. node mock/server.mjs [port]
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { WebSocketServer } from 'ws'
import * as data from './data.mjs'

const port = Number(process.argv[2] ?? process.env.PORT ?? 8099)
const dist = new URL('../dist', import.meta.url).pathname
const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"

const { patients, users } = data
const fold = (s) => String(s ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
const has = (text, typed) => fold(typed).split(' ').every((word) => fold(text).includes(word))
const now = () => new Date().toISOString()
const ago = (minutes) => new Date(Date.now() - minutes * 60000).toISOString()
let count = 100
const id = (prefix) => `${prefix}${++count}`

class Refusal extends Error {
  constructor(status, code, message, extra = {}) {
    super(message)
    Object.assign(this, { status, code, extra })
  }
}
const refuse = (status, code, message, extra) => {
  throw new Refusal(status, code, message, extra)
}

function ageText(birth) {
  const born = new Date(birth.length === 4 ? `${birth}-07-01` : birth)
  const months = Math.floor((Date.now() - born) / 2629800000)
  return months < 72 ? `${months} tháng` : `${Math.floor(months / 12)} tuổi`
}
function person(p) {
  const f = p.form
  const ins = f.insurance?.number ? f.insurance : null
  const expired = ins && ins.validTo && ins.validTo < now().slice(0, 10)
  return {
    id: p.id, name: f.name || 'Chưa rõ danh tính', birthDate: f.birthDate, gender: f.gender, ageText: f.birthDate ? ageText(f.birthDate) : '', personalNumber: f.personalNumber || null,
    insuranceNumber: ins?.number ?? null, patientNumber: `BD26-${p.id.slice(1).padStart(5, '0')}`, phone: f.phone, address: f.address, commune: 'Bồ Đề', temporary: f.identityKind !== 'citizen',
    allergies: p.allergies.map((a) => a.text),
    insurance: ins ? { number: ins.number, state: expired ? 'expired' : 'valid', validTo: ins.validTo || null, level: '4', registeredFacility: ins.registeredFacility } : null,
    warnings: [],
  }
}

const visits = []
let ticket = 0
function checkIn(p, { reason = 'Khám bệnh', emergency = false, pregnant = false, disabled = false }, minutes = 0, stage = 'waiting-nurse') {
  const age = p.form.birthDate ? (Date.now() - new Date(p.form.birthDate)) / 31557600000 : 30
  const [code, text] = emergency ? ['emergency', 'Cấp cứu'] : age < 6 ? ['under6', 'Trẻ dưới 6 tuổi'] : age > 75 ? ['over75', 'Trên 75 tuổi'] : pregnant ? ['pregnant', 'Mang thai'] : disabled ? ['disabled', 'Khuyết tật'] : ['', '']
  const v = {
    id: id('v'), p, ticket: `A${String(++ticket).padStart(3, '0')}`, priority: { urgent: emergency, reason: code, text }, stage, at: ago(minutes), reason, desk: '', doctor: '', version: 1, vitals: [], examination: null,
    diagnoses: [], orders: [], prescription: null, revisit: null, draft: null, bill: null, findings: [], closedAt: null, dispensed: false,
  }
  visits.push(v)
  return v
}
const row = (v) => ({ id: v.id, patient: person(v.p), ticket: v.ticket, priority: v.priority, stage: v.stage, checkedInAt: v.at, waitingMinutes: Math.round((Date.now() - new Date(v.at)) / 60000), reason: v.reason, desk: v.desk, doctor: v.doctor })
const order = (a, b) => Number(b.priority.urgent) - Number(a.priority.urgent) || Number(b.priority.reason !== '') - Number(a.priority.reason !== '') || a.at.localeCompare(b.at)

const signs = (n, minutes = 5) => ({ at: ago(minutes), by: 'Đỗ Thị Hạnh', temperature: null, pulse: null, systolic: null, diastolic: null, respiration: null, spo2: null, weight: null, height: null, ...n, bmi: n.weight && n.height ? Math.round((n.weight / (n.height / 100) ** 2) * 10) / 10 : null, flags: flagsOf(n) })
function flagsOf(n) {
  const flags = []
  if (n.systolic >= 180) flags.push({ field: 'systolic', level: 'critical', text: 'Huyết áp rất cao, báo bác sĩ ngay.' })
  else if (n.systolic >= 140) flags.push({ field: 'systolic', level: 'warning', text: 'Huyết áp cao.' })
  if (n.temperature >= 38.5) flags.push({ field: 'temperature', level: 'warning', text: 'Sốt cao.' })
  if (n.spo2 && n.spo2 < 92) flags.push({ field: 'spo2', level: 'critical', text: 'SpO₂ thấp.' })
  return flags
}
checkIn(patients[4], { reason: 'Chóng mặt, đau đầu' }, 52, 'waiting-doctor').vitals = [signs({ systolic: 168, diastolic: 95, pulse: 88, temperature: 36.8, respiration: 18, spo2: 96, weight: 61.5, height: 162 }, 40)]
checkIn(patients[2], { reason: 'Khám lại theo hẹn' }, 35, 'waiting-doctor').vitals = [signs({ systolic: 118, diastolic: 74, pulse: 76, temperature: 36.6, weight: 52, height: 156 }, 20)]
checkIn(patients[3], { reason: 'Sốt, ho' }, 24)
checkIn(patients[1], { reason: 'Đau thượng vị' }, 15)
checkIn(patients[5], { reason: 'Khám thai', pregnant: true }, 8)

const sockets = new Set()
const say = (topic, event, v) => {
  for (const socket of sockets) if (socket.topics.has(topic)) socket.send(JSON.stringify({ topic, event, encounter: v?.id }))
}
const changed = (v, event, ...topics) => {
  v.version += 1
  for (const topic of new Set(['visits', ...topics])) say(topic, event, v)
}
const audit = []
const sessions = new Map()
const lots = new Map()
function lotsOf(code) {
  if (!lots.has(code)) {
    const drug = data.drugs.find((d) => d.code === code)
    lots.set(code, [
      { lotId: `${code}-1`, lot: 'L2409', expires: '2027-01-31', onHand: Math.round(drug.onHand / 4) },
      { lotId: `${code}-2`, lot: 'L2512', expires: '2028-06-30', onHand: drug.onHand - Math.round(drug.onHand / 4) },
    ])
  }
  return lots.get(code)
}
function propose(code, quantity) {
  let left = quantity
  return lotsOf(code).filter((l) => l.onHand > 0).map((l) => {
    const take = Math.min(left, l.onHand)
    left -= take
    return { ...l, take }
  }).filter((l, i) => l.take > 0 || i === 0)
}
const visit = (key) => visits.find((v) => v.id === key) ?? refuse(404, 'not_found', 'Không tìm thấy lượt khám này.')
const orderOf = (key) => {
  for (const v of visits) for (const o of v.orders) if (o.id === key) return [v, o]
  return refuse(404, 'not_found', 'Không tìm thấy chỉ định này.')
}

function detail(v) {
  const old = v.p.id === 'p4' || v.p.id === 'p2'
  return {
    visit: row(v), version: String(v.version), vitals: v.vitals, examination: v.examination, diagnoses: v.diagnoses.map((d) => ({ ...d, flags: data.diagnoses.find((x) => x.code === d.code)?.flags ?? [] })),
    orders: v.orders.map((o) => ({ id: o.id, code: o.code, name: o.name, room: o.room, status: o.status, orderedAt: o.orderedAt, results: o.status === 'verified' ? o.results : [] })),
    prescription: v.prescription, revisit: v.revisit, draft: v.draft,
    history: old ? [{ visitId: 'h1', date: '2026-10-02', diagnoses: ['I10 Tăng huyết áp vô căn'], medicines: ['Amlodipin 5 mg 30 viên'] }, { visitId: 'h2', date: '2026-08-28', diagnoses: ['J06.9 Nhiễm trùng hô hấp trên'], medicines: ['Paracetamol 500 mg 10 viên'] }] : [],
    trends: old ? { weight: [['2026-06-01', 63], ['2026-08-28', 62], ['2026-10-02', 61.8]], systolic: [['2026-06-01', 150], ['2026-07-11', 146], ['2026-08-28', 152], ['2026-10-02', 144], [now().slice(0, 10), v.vitals[0]?.systolic ?? 140]] } : {},
    results: v.orders.filter((o) => o.status === 'verified').flatMap((o) => o.results), allergies: v.p.allergies,
    flags: v.p.allergies.length ? [] : [],
  }
}
function labRow(v, o) {
  const service = data.services.find((s) => s.code === o.code)
  return { orderId: o.id, visitId: v.id, patient: person(v.p), ticket: v.ticket, test: { code: o.code, name: o.name, specimen: service.specimen }, orderedAt: o.orderedAt, status: o.status, label: o.label, analytes: service.analytes, results: o.results, enteredBy: o.enteredBy }
}
function billOf(v) {
  const insured = person(v.p).insurance?.state === 'valid'
  const lines = [{ code: '01', name: 'Khám bệnh tại trạm y tế', group: '13', quantity: 1, unitPrice: 36500 }]
    .concat(v.orders.filter((o) => o.status === 'verified').map((o) => ({ code: o.code, name: o.name, group: '1', quantity: 1, unitPrice: data.services.find((s) => s.code === o.code).price })))
    .concat((v.prescription?.lines ?? []).map((l) => ({ code: l.drug, name: l.name, group: '4', quantity: l.quantity, unitPrice: data.drugs.find((d) => d.code === l.drug).price, self: l.payer === 'self' })))
    .map((l) => {
      const amount = l.quantity * l.unitPrice
      const pays = insured && !l.self
      return { ...l, amount, insuredAmount: pays ? amount : 0, ratio: 100, benefitRate: 100, fund: pays ? amount : 0, copay: 0, selfPay: pays ? 0 : amount, otherSource: 0, why: pays ? 'Trong phạm vi BHYT, trạm y tế hưởng 100 %' : insured ? 'Ngoài danh mục BHYT' : 'Không có thẻ BHYT còn hạn' }
    })
  const sum = (key) => lines.reduce((s, l) => s + l[key], 0)
  const owes = sum('selfPay') + sum('copay')
  const kept = v.bill ?? {}
  return {
    invoiceId: `i${v.id}`, lines, totals: { amount: sum('amount'), insuredAmount: sum('insuredAmount'), fund: sum('fund'), copay: 0, selfPay: sum('selfPay'), otherSource: 0, owes },
    benefit: { rate: insured ? 100 : 0, why: insured ? 'Khám tại trạm y tế xã: quỹ trả 100 % (Luật BHYT, Điều 22; mã đối tượng 1.2).' : 'Người bệnh chưa có thẻ BHYT còn hạn.' },
    reference: `TYT${v.id.slice(1).padStart(6, '0')}`, status: kept.status ?? (owes === 0 ? 'balanced' : 'issued'),
    qr: owes > 0 ? { payload: '000201…', svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h21v21H0z"/><path stroke="#000" d="M0 .5h7M9 .5h3M14 .5h7M0 1.5h1M6 1.5h1M8 1.5h2M14 1.5h1M20 1.5h1M0 2.5h1M2 2.5h3M6 2.5h1M10 2.5h3M14 2.5h1M16 2.5h3M20 2.5h1M0 3.5h1M2 3.5h3M6 3.5h1M8 3.5h1M14 3.5h1M16 3.5h3M20 3.5h1M0 6.5h7M8 6.5h1M10 6.5h1M12 6.5h1M14 6.5h7M3 9.5h4M9 10.5h6M2 12.5h9M0 14.5h7M0 20.5h7M12 16.5h6M10 19.5h9"/></svg>' } : null,
    paid: kept.paid ?? null,
  }
}
function claimOf(v, full) {
  const bill = billOf(v)
  const findings = v.findings
  const errors = findings.filter((f) => f.severity === 'error').length
  const base = { visitId: v.id, claimKey: `01C54.26.${v.id}`, patient: person(v.p), closedAt: v.closedAt, insured: bill.totals.fund > 0, total: bill.totals.amount, fund: bill.totals.fund, tables: ['XML0', 'XML1', 'XML2', 'XML3'], state: bill.totals.fund === 0 ? 'none' : errors ? 'has_errors' : 'ready', deadline: v.closedAt }
  return full
    ? { ...base, findings, xml: [{ table: 'XML1', rows: [{ MA_LK: base.claimKey, MA_BN: base.patient.patientNumber, HO_TEN: base.patient.name, T_TONGCHI_BH: bill.totals.insuredAmount }] }, { table: 'XML3', rows: bill.lines.map((l, i) => ({ STT: i + 1, MA_DICH_VU: l.code, TEN_DICH_VU: l.name, THANH_TIEN_BH: l.amount })) }] }
    : { ...base, findings: { errors, warnings: findings.length - errors } }
}

function read(text) {
  const parts = text.split('|')
  const out = { kind: 'name', form: {}, people: [], booking: null, warnings: [] }
  if (parts.length >= 7 && /^\d{12}$/.test(parts[0])) {
    const [number, oldId, name, birth, gender, address] = parts
    out.kind = 'citizen_card'
    out.form = { name, birthDate: `${birth.slice(4)}-${birth.slice(2, 4)}-${birth.slice(0, 2)}`, gender: gender === 'Nam' ? 'male' : 'female', personalNumber: number, oldId, address, identityKind: 'citizen', communeCode: '00145', ethnicity: '01' }
  } else if (/^\d{12}$/.test(text)) {
    out.kind = 'personal_number'
    out.form = { personalNumber: text }
  } else if (/[|$]/.test(text)) refuse(400, 'invalid', 'Mã vừa quét không đúng dạng căn cước hay thẻ BHYT. Quét lại, hoặc gõ tên người bệnh.')
  else out.form = { name: text.replace(/(^|\s)\S/g, (c) => c.toUpperCase()) }
  const number = out.form.personalNumber
  for (const p of patients) {
    if (number && p.form.personalNumber === number) out.people.push({ person: person(p), match: 'exact', because: ['Trùng số căn cước'] })
    else if (out.form.name && has(p.form.name, out.form.name)) out.people.push({ person: person(p), match: fold(p.form.name) === fold(out.form.name) ? 'likely' : 'possible', because: ['Trùng tên (không dấu)', ...(out.form.birthDate === p.form.birthDate ? ['trùng ngày sinh'] : [])] })
  }
  return out
}

const kLimits = { systolic: [40, 300], diastolic: [20, 200], pulse: [20, 300], temperature: [25, 45], respiration: [4, 120], spo2: [30, 100], weight: [0.3, 400], height: [20, 260] }
const kProbable = { systolic: [70, 220], diastolic: [40, 130], pulse: [40, 180], temperature: [34.5, 41.5], respiration: [8, 60], spo2: [80, 100], weight: [2, 180], height: [45, 210] }

const routes = []
const on = (method, path, permission, handler) => routes.push({ method, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), permission, handler })
const me = (s) => ({ me: { id: s.user.id, login: s.user.login, name: s.user.name, roles: s.user.roles, station: { id: 's1', name: 'Trạm Y tế phường Bồ Đề', code: '01C54' }, locked: false, permissions: data.permissionsOf(s.user.roles) }, csrf: s.csrf })
on('GET', '/api/status', null, () => ({ node: 'online', waitingToSend: 2, lastBackup: ago(95), station: 'Trạm Y tế phường Bồ Đề', version: '0.1.0-mock', demo: true, now: now() }))
on('GET', '/api/me', '', ({ session }) => me(session))
on('POST', '/api/logout', '', ({ session, res }) => { sessions.delete(session.id); res.setHeader('Set-Cookie', 'mock=; Max-Age=0; Path=/'); return {} })
on('POST', '/api/lock', '', ({ session }) => { session.locked = true; return {} })
on('POST', '/api/search', 'patients.search', ({ body }) => ({ people: patients.filter((p) => has(`${p.form.name} ${p.form.personalNumber} ${p.form.phone}`, body.text.split('|')[0])).slice(0, 8).map(person), scan: null }))
on('POST', '/api/reception/read', 'reception.read', ({ body }) => read(body.text))
on('POST', '/api/patients', 'reception.register', ({ body }) => {
  const { personalNumber, insurance, passport, identityReason } = body.form
  if (!personalNumber && !insurance?.number && !passport && !identityReason) refuse(400, 'invalid', 'Chưa có giấy tờ nào: nhập số định danh, thẻ BHYT hoặc hộ chiếu, nếu không thì ghi lý do.', { field: 'form.identityReason' })
  const same = patients.filter((p) => fold(p.form.name) === fold(body.form.name) && p.form.birthDate === body.form.birthDate)
  if (same.length && !body.confirmedNotDuplicate) return { person: null, candidates: same.map((p) => ({ person: person(p), match: 'likely', because: ['Trùng họ tên và ngày sinh'] })) }
  const p = { id: id('p'), form: body.form, allergies: [], version: '1' }
  patients.push(p)
  return { person: person(p) }
})
on('GET', '/api/patients/:id', 'patients.read', ({ params }) => {
  const p = patients.find((x) => x.id === params.id) ?? refuse(404, 'not_found', 'Không tìm thấy người bệnh này.')
  return { person: person(p), form: p.form, version: p.version, visits: visits.filter((v) => v.p === p).map((v) => ({ id: v.id, date: v.at, diagnosis: v.diagnoses.map((d) => `${d.code} ${d.name}`).join('; '), doctor: v.doctor })) }
})
on('PUT', '/api/patients/:id', 'reception.register', ({ params, body }) => { const p = patients.find((x) => x.id === params.id); p.form = body.form; return { person: person(p) } })
on('POST', '/api/reception/check-in', 'reception.check_in', ({ body }) => {
  const p = patients.find((x) => x.id === body.patientId)
  if (visits.some((v) => v.p === p && !['done', 'cancelled'].includes(v.stage))) refuse(409, 'conflict', `${p.form.name} đã có lượt khám đang mở hôm nay.`)
  const v = checkIn(p, body)
  changed(v, 'VisitCheckedIn', 'queue')
  return { visit: row(v), ticket: v.ticket, ahead: visits.filter((x) => x.stage.startsWith('waiting-n') && x !== v).length }
})
on('GET', '/api/reception/visits', 'reception.read', () => ({ items: [...visits].reverse().map(row) }))
on('POST', '/api/visits/:id/cancel', 'reception.check_in', ({ params }) => { const v = visit(params.id); v.stage = 'cancelled'; changed(v, 'VisitCancelled', 'queue'); return {} })
on('GET', '/api/queue', null, () => ({
  now: now(), station: 'Trạm Y tế phường Bồ Đề',
  called: visits.filter((v) => v.stage === 'with-doctor').map((v) => ({ ticket: v.ticket, desk: v.desk, name: v.p.form.name.split(' ').map((w, i, all) => (i === 0 || i === all.length - 1 ? (i === 0 ? w : `${w[0]}.`) : `${w[0]}.`)).join(' ') })).reverse(),
  waiting: visits.filter((v) => ['waiting-nurse', 'waiting-doctor'].includes(v.stage)).sort(order).map((v) => ({ ticket: v.ticket, urgent: v.priority.urgent || v.priority.reason !== '' })),
}))
const find = (list, text, key) => ({ items: list.filter((x) => has(key(x), text)).slice(0, 20) })
on('GET', '/api/catalogue/communes', '', ({ query }) => find(data.communes, query.get('text') ?? '', (x) => x.name))
on('GET', '/api/catalogue/ethnicities', '', () => ({ items: data.ethnicities }))
on('GET', '/api/catalogue/occupations', '', () => ({ items: data.occupations }))
on('GET', '/api/catalogue/diagnoses', '', ({ query }) => find(data.diagnoses, query.get('text') ?? '', (x) => `${x.code} ${x.name}`))
on('GET', '/api/catalogue/drugs', '', ({ query }) => find(data.drugs, query.get('text') ?? '', (x) => `${x.name} ${x.substance} ${x.strength}`))
on('GET', '/api/catalogue/services', '', ({ query }) => find(data.services, query.get('text') ?? '', (x) => `${x.code} ${x.name}`))
on('GET', '/api/visits', 'visit.worklist', ({ query }) => { const stages = (query.get('stage') ?? '').split(','); return { items: visits.filter((v) => stages.includes(v.stage)).sort(order).map(row) } })
on('GET', '/api/visits/:id', 'visit.read', ({ params }) => detail(visit(params.id)))
on('POST', '/api/visits/:id/vital-signs', 'visit.vital_signs', ({ params, body }) => {
  const v = visit(params.id)
  for (const [field, [low, high]] of Object.entries(kLimits)) {
    const value = body[field]
    if (value === null || value === undefined) continue
    if (value < low || value > high) refuse(400, 'invalid', 'Số này không thể có ở người. Xin xem lại.', { field })
    const [pl, ph] = kProbable[field]
    if ((value < pl || value > ph) && !body.confirmed.includes(field)) refuse(422, 'unprocessable', `${String(value).replace('.', ',')} là số ít gặp. Đo đúng như vậy?`, { field })
  }
  const { confirmed: _c, ...numbers } = body
  v.vitals.unshift(signs(numbers, 0))
  if (v.stage === 'waiting-nurse') v.stage = 'waiting-doctor'
  changed(v, 'VitalSignsRecorded', 'queue')
  return { vitals: v.vitals[0], bmi: v.vitals[0].bmi, flags: v.vitals[0].flags }
})
const call = (v, desk, user) => {
  if (v.stage === 'with-doctor' && v.doctor !== user.name) refuse(409, 'conflict', `${v.doctor} đã gọi người bệnh này.`)
  Object.assign(v, { stage: 'with-doctor', desk, doctor: user.name })
  changed(v, 'PatientCalled', 'queue')
  return { visit: row(v) }
}
on('POST', '/api/visits/:id/call', 'visit.call', ({ params, body, session }) => call(visit(params.id), body.desk, session.user))
on('POST', '/api/visits/call-next', 'visit.call', ({ body, session }) => { const v = visits.filter((x) => x.stage === 'waiting-doctor').sort(order)[0]; return v ? call(v, body.desk, session.user) : { visit: null } })
on('POST', '/api/visits/:id/return', 'visit.call', ({ params }) => { const v = visit(params.id); Object.assign(v, { stage: 'waiting-doctor', doctor: '', desk: '' }); changed(v, 'PatientReturned', 'queue'); return {} })
on('PUT', '/api/visits/:id/draft', 'visit.examine', ({ params, body }) => {
  const v = visit(params.id)
  if (body.version !== String(v.version)) refuse(409, 'conflict', 'Lượt khám vừa được thay đổi ở nơi khác.')
  const { version: _v, ...draft } = body
  v.draft = { ...draft, savedAt: now() }
  Object.assign(v, { examination: draft.examination, diagnoses: draft.diagnoses, revisit: draft.revisit })
  v.version += 1
  return { version: String(v.version), savedAt: now() }
})
on('POST', '/api/visits/:id/allergies', 'visit.examine', ({ params, body }) => { const v = visit(params.id); v.p.allergies.push({ id: id('a'), ...body }); changed(v, 'AllergyRecorded'); return {} })
on('POST', '/api/visits/:id/orders', 'visit.order', ({ params, body }) => {
  const v = visit(params.id)
  for (const code of body.services) { const s = data.services.find((x) => x.code === code); v.orders.push({ id: id('o'), code, name: s.name, room: s.room, status: 'ordered', orderedAt: now(), label: '', results: [], enteredBy: '' }) }
  changed(v, 'TestsOrdered', 'lab')
  return { orders: detail(v).orders }
})
on('DELETE', '/api/visits/:id/orders/:order', 'visit.order', ({ params }) => { const v = visit(params.id); v.orders = v.orders.filter((o) => o.id !== params.order); changed(v, 'OrderRevoked', 'lab'); return {} })
on('POST', '/api/visits/:id/prescription', 'visit.prescribe', ({ params, body }) => {
  const v = visit(params.id)
  v.prescription = { code: '01c54a7k2m9x-c', lines: body.lines, signedAt: now(), sent: false }
  changed(v, 'PrescriptionSigned', 'pharmacy')
  return { prescription: v.prescription }
})
on('POST', '/api/visits/:id/close', 'visit.close', ({ params, body }) => {
  const v = visit(params.id)
  if (v.diagnoses.length === 0) refuse(422, 'unprocessable', 'Chưa thể kết thúc lượt khám.', { missing: ['Chẩn đoán bệnh chính'] })
  const main = v.diagnoses.find((d) => d.main)
  const flags = (data.diagnoses.find((d) => d.code === main.code)?.flags ?? []).filter((f) => !body.override.includes(f.id))
  if (flags.length) refuse(422, 'unprocessable', 'Mã bệnh chính cần xem lại.', { flags })
  v.stage = v.prescription ? 'waiting-pharmacy' : 'waiting-cashier'
  v.closedAt = now()
  v.draft = null
  v.findings = v.vitals.length ? [] : [{ rule: 'XML1.CAN_NANG', severity: 'warning', table: 'XML1', row: 1, field: 'CAN_NANG', message: 'Chưa có cân nặng của người bệnh.', remedy: 'Đo cân nặng trước khi kết thúc.' }]
  changed(v, 'VisitClosed', 'pharmacy', 'cashier', 'queue')
  return { visit: row(v), bill: billOf(v), findings: v.findings }
})
on('GET', '/api/visits/:id/print/:what', 'visit.read', ({ params }) => { const v = visit(params.id); return { title: 'Đơn thuốc', html: `<style>h1{font-size:18pt;text-align:center}</style><h1>ĐƠN THUỐC</h1><p>Họ tên: <b>${v.p.form.name}</b></p><ol>${(v.prescription?.lines ?? []).map((l) => `<li>${l.name}: ${l.quantity} ${l.unit}</li>`).join('')}</ol>` } })
on('GET', '/api/visits/:id/bill', 'billing.read', ({ params }) => billOf(visit(params.id)))
on('GET', '/api/lab/worklist', 'lab.worklist', () => ({ items: visits.flatMap((v) => v.orders.filter((o) => o.room === 'lab').map((o) => labRow(v, o))) }))
on('POST', '/api/lab/orders/:id/collect', 'lab.collect', ({ params }) => { const [v, o] = orderOf(params.id); o.status = 'collected'; o.label = `BM${++count}`; changed(v, 'SpecimenCollected', 'lab'); return { label: o.label } })
on('POST', '/api/lab/orders/:id/results', 'lab.enter', ({ params, body, session }) => {
  const [v, o] = orderOf(params.id)
  const { analytes } = data.services.find((s) => s.code === o.code)
  o.results = body.results.map(({ analyte, value }, i) => {
    const a = analytes.find((x) => x.code === analyte)
    if (value < 0) refuse(400, 'invalid', 'Kết quả không thể âm.', { field: `results[${i}].value` })
    if ((value < a.plausibleLow || value > a.plausibleHigh) && !body.confirmed.includes(analyte)) refuse(422, 'unprocessable', `${a.name} = ${value} là số ít gặp. Đúng như vậy?`, { field: `results[${i}].value` })
    return { code: a.code, name: a.name, value, unit: a.unit, range: a.range, flag: value < a.low ? (value < a.low / 2 ? 'LL' : 'L') : value > a.high ? (value > a.high * 2 ? 'HH' : 'H') : 'N', status: 'preliminary', at: now() }
  })
  o.status = 'entered'
  o.enteredBy = session.user.name
  changed(v, 'ResultsEntered', 'lab')
  return { order: labRow(v, o) }
})
on('POST', '/api/lab/orders/:id/verify', 'lab.verify', ({ params, session }) => {
  const [v, o] = orderOf(params.id)
  if (o.enteredBy === session.user.name) refuse(422, 'unprocessable', 'Người nhập không tự duyệt kết quả của mình.')
  o.status = 'verified'
  for (const r of o.results) r.status = 'final'
  changed(v, 'ResultsVerified', 'lab')
  return { order: labRow(v, o) }
})
on('POST', '/api/lab/orders/:id/reject', 'lab.verify', ({ params }) => { const [v, o] = orderOf(params.id); Object.assign(o, { status: 'ordered', results: [], label: '' }); changed(v, 'SpecimenRejected', 'lab'); return { order: labRow(v, o) } })
on('GET', '/api/pharmacy/worklist', 'pharmacy.worklist', () => ({
  items: visits.filter((v) => v.prescription && v.closedAt).map((v) => ({
    visitId: v.id, code: v.prescription.code, patient: person(v.p), ticket: v.ticket, signedAt: v.prescription.signedAt, doctor: v.doctor, status: v.dispensed ? 'dispensed' : 'waiting',
    lines: v.prescription.lines.map((l, i) => ({ requestId: `${v.id}r${i}`, drug: l.drug, name: l.name, quantity: l.quantity, unit: l.unit, dose: `${l.dose} ${l.doseUnit} × ${l.times} lần/ngày × ${l.days} ngày`, onHand: 100, lots: v.dispensed ? [] : propose(l.drug, l.quantity), dispensed: v.dispensed })),
  })),
}))
on('POST', '/api/pharmacy/dispense', 'pharmacy.dispense', ({ body }) => {
  const v = visit(body.visitId)
  for (const line of body.lines) for (const { lotId, quantity } of line.lots) { const lot = [...lots.values()].flat().find((l) => l.lotId === lotId); if (lot.onHand < quantity) refuse(409, 'conflict', 'Kho vừa thay đổi.'); lot.onHand -= quantity }
  v.dispensed = true
  v.stage = billOf(v).totals.owes > 0 ? 'waiting-cashier' : 'done'
  changed(v, 'MedicinesDispensed', 'pharmacy', 'cashier')
  return { dispensed: body.lines }
})
on('GET', '/api/pharmacy/stock', 'pharmacy.stock', ({ query }) => ({ items: data.drugs.map((d) => ({ drug: d.code, name: `${d.name} ${d.strength}`, unit: d.unit, onHand: lotsOf(d.code).reduce((s, l) => s + l.onHand, 0), lots: lotsOf(d.code), warnings: d.onHand < 100 ? ['low'] : [] })).filter((r) => !query.get('low') || r.warnings.length) }))
on('POST', '/api/pharmacy/stock', 'pharmacy.receive', ({ body }) => { lotsOf(body.drug).push({ lotId: id('l'), lot: body.lot, expires: body.expires, onHand: body.quantity }); return {} })
on('POST', '/api/pharmacy/stock/:lot/adjust', 'pharmacy.receive', ({ params, body }) => { [...lots.values()].flat().find((l) => l.lotId === params.lot).onHand += body.quantity; return {} })
on('GET', '/api/cashier/worklist', 'billing.worklist', () => ({ items: visits.filter((v) => v.closedAt).map((v) => { const b = billOf(v); return { invoiceId: b.invoiceId, visitId: v.id, patient: person(v.p), ticket: v.ticket, total: b.totals.amount, fund: b.totals.fund, owes: b.totals.owes, status: b.status, reference: b.reference } }) }))
on('GET', '/api/cashier/transfers', 'billing.worklist', () => ({ items: [] }))
on('POST', '/api/invoices/:id/pay-cash', 'billing.receive', ({ params, body }) => {
  const v = visit(params.id.slice(1))
  if (body.amount !== billOf(v).totals.owes) refuse(422, 'unprocessable', 'Số tiền không khớp với số phải trả.')
  v.bill = { status: 'balanced', paid: { at: now(), method: 'cash', receipt: 'BL000123' } }
  v.stage = 'done'
  changed(v, 'PaymentReceived', 'cashier')
  return { bill: billOf(v) }
})
on('GET', '/api/invoices/:id/receipt', 'billing.read', ({ params }) => { const v = visit(params.id.slice(1)); return { number: 'BL000123', html: `<style>.r{font-family:serif}</style><div class="r"><h2>BIÊN LAI THU TIỀN</h2><p>${v.p.form.name}: ${billOf(v).totals.owes} ₫</p></div>` } })
on('GET', '/api/claims', 'insurance.claims', () => ({ items: visits.filter((v) => v.closedAt).map((v) => claimOf(v, false)) }))
on('GET', '/api/claims/:id', 'insurance.claims', ({ params }) => claimOf(visit(params.id), true))
on('POST', '/api/claims/:id/rebuild', 'insurance.rebuild', ({ params }) => claimOf(visit(params.id), true))
on('GET', '/api/users', 'users.manage', () => ({ items: users.map(({ failures: _f, ...u }) => u) }))
on('POST', '/api/users', 'users.manage', ({ body }) => {
  if (body.password.length < 12) refuse(400, 'invalid', 'Mật khẩu cần ít nhất 12 ký tự.', { field: 'password' })
  const u = { id: id('u'), login: body.login, name: body.name, roles: body.roles, disabled: false, lockedUntil: null, lastLogin: null, failures: 0 }
  users.push(u)
  return u
})
on('PUT', '/api/users/:id', 'users.manage', ({ params, body }) => { const u = users.find((x) => x.id === params.id); if (body.unlock) Object.assign(u, { lockedUntil: null, failures: 0 }); for (const key of ['name', 'roles', 'disabled']) if (body[key] !== undefined) u[key] = body[key]; return u })
on('GET', '/api/audit', 'audit.read', () => ({ items: [...audit].reverse().slice(0, 100) }))
on('GET', '/api/audit/verify', 'audit.read', () => ({ ok: true, records: audit.length, message: '' }))

function login(body, res) {
  const u = users.find((x) => x.login === body.login)
  if (u?.lockedUntil && new Date(u.lockedUntil) > new Date()) refuse(401, 'unauthenticated', 'Tài khoản tạm khoá 15 phút vì nhập sai mật khẩu 5 lần. Nhờ trưởng trạm mở khoá nếu cần ngay.')
  if (!u || body.password !== data.kPassword) {
    if (u && ++u.failures >= 5) u.lockedUntil = new Date(Date.now() + 900000).toISOString()
    refuse(401, 'unauthenticated', u?.failures >= 5 ? 'Tài khoản tạm khoá 15 phút vì nhập sai mật khẩu 5 lần. Nhờ trưởng trạm mở khoá nếu cần ngay.' : 'Tên đăng nhập hoặc mật khẩu không đúng.')
  }
  u.failures = 0
  u.lastLogin = now()
  const session = { id: id('s'), csrf: id('c'), user: u, locked: false }
  sessions.set(session.id, session)
  res.setHeader('Set-Cookie', `mock=${session.id}; HttpOnly; SameSite=Strict; Path=/`)
  return me(session)
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.webmanifest': 'application/manifest+json' }
const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://mock')
  if (!url.pathname.startsWith('/api/')) {
    const path = join(dist, url.pathname)
    const file = url.pathname !== '/' && existsSync(path) && extname(path) ? path : join(dist, 'index.html')
    res.setHeader('Content-Security-Policy', csp)
    res.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
    res.end(readFileSync(file))
    return
  }
  let body = {}
  let text = ''
  for await (const chunk of req) text += chunk
  res.setHeader('Content-Type', 'application/json')
  try {
    if (text) body = JSON.parse(text)
    const session = sessions.get(/mock=([^;]+)/.exec(req.headers.cookie ?? '')?.[1])
    if (url.pathname === '/api/login') return res.end(JSON.stringify(login(body, res)))
    if (url.pathname === '/api/unlock') {
      if (!session || body.password !== data.kPassword) refuse(401, 'unauthenticated', 'Mật khẩu không đúng.')
      session.locked = false
      return res.end(JSON.stringify(me(session)))
    }
    for (const route of routes) {
      const match = route.method === req.method && route.pattern.exec(url.pathname)
      if (!match) continue
      if (route.permission !== null) {
        if (!session) refuse(401, 'unauthenticated', 'Xin đăng nhập.')
        if (session.locked && url.pathname !== '/api/logout') refuse(401, 'unauthenticated', 'Màn hình đã khoá.', { locked: true })
        if (req.method !== 'GET' && req.headers['x-tram-csrf'] !== session.csrf) refuse(403, 'forbidden', 'Thiếu mã chống giả mạo.')
        if (route.permission && !data.permissionsOf(session.user.roles).includes(route.permission)) refuse(403, 'forbidden', 'Tài khoản không có quyền làm việc này.')
        audit.push({ at: now(), who: session.user.name, role: session.user.roles[0], action: req.method === 'GET' ? 'read' : 'update', type: 'Encounter', reference: url.pathname.replace('/api/', ''), purpose: 'treatment', outcome: '0', detail: '' })
      }
      return res.end(JSON.stringify(route.handler({ params: match.groups ?? {}, query: url.searchParams, body, session, res })))
    }
    refuse(404, 'not_found', 'Không có đường dẫn này.')
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error)
    res.statusCode = error.status ?? 500
    const { locked, ...extra } = error.extra ?? {}
    res.end(JSON.stringify({ error: { code: error.code ?? 'internal', message: error.status ? error.message : '', ...extra }, ...(locked ? { locked } : {}) }))
  }
})
const live = new WebSocketServer({ server, path: '/ws/live' })
live.on('connection', (socket, req) => {
  socket.topics = new Set((new URL(req.url, 'http://mock').searchParams.get('topics') ?? '').split(','))
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
})
server.listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${server.address().port}`))
