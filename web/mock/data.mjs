// Made-up people and catalogues for developing the screens without a server. None is a real person.
const perm = {
  receptionist: ['reception.read', 'reception.register', 'reception.check_in', 'patients.search', 'patients.read', 'visit.worklist'],
  nurse: ['visit.worklist', 'visit.read', 'visit.vital_signs', 'patients.search', 'patients.read'],
  doctor: ['visit.worklist', 'visit.read', 'visit.vital_signs', 'visit.call', 'visit.examine', 'visit.order', 'visit.prescribe', 'visit.close', 'patients.search', 'patients.read', 'insurance.claims'],
  lab_technician: ['lab.worklist', 'lab.collect', 'lab.enter', 'lab.verify'],
  pharmacist: ['pharmacy.worklist', 'pharmacy.dispense', 'pharmacy.stock', 'pharmacy.receive'],
  cashier: ['billing.worklist', 'billing.read', 'billing.receive'],
  station_head: ['reception.read', 'patients.search', 'patients.read', 'visit.worklist', 'visit.read', 'pharmacy.stock', 'pharmacy.worklist', 'billing.worklist', 'billing.read', 'insurance.claims', 'insurance.rebuild', 'users.manage', 'audit.read'],
  administrator: ['users.manage', 'audit.read'],
}
export const permissionsOf = (roles) => [...new Set(roles.flatMap((role) => perm[role] ?? []))]

export const users = [
  ['letan', 'Phạm Thị Lan', 'receptionist'],
  ['dieuduong', 'Đỗ Thị Hạnh', 'nurse'],
  ['bacsi', 'Nguyễn Minh Đức', 'doctor'],
  ['bacsi2', 'Trần Thu Hà', 'doctor'],
  ['xetnghiem', 'Lê Quang Huy', 'lab_technician'],
  ['xetnghiem2', 'Vũ Ngọc Anh', 'lab_technician'],
  ['duocsi', 'Hoàng Thị Mai', 'pharmacist'],
  ['thungan', 'Bùi Thị Thảo', 'cashier'],
  ['truongtram', 'Ngô Văn Sơn', 'station_head'],
  ['quantri', 'Quản trị hệ thống', 'administrator'],
].map(([login, name, role], i) => ({ id: `u${i}`, login, name, roles: [role], disabled: false, lockedUntil: null, lastLogin: null, failures: 0 }))

export const kPassword = 'TramDemo-2026-an-toan'

const people = [
  ['Nguyễn Thị Hoà', '1958-03-12', 'female', '001158004321', 'Tổ 12, Ngọc Lâm', ['Penicillin']],
  ['Trần Văn Bình', '1971-09-02', 'male', '001071009876', 'Số 5 ngõ 310 Nguyễn Văn Cừ', []],
  ['Lê Thị Kim Oanh', '1990-11-20', 'female', '001190011223', 'Tổ 3, Bồ Đề', []],
  ['Phạm Gia Bảo', '2023-06-05', 'male', '001223006655', 'Tổ 7, Lâm Du', []],
  ['Đặng Quốc Khánh', '1947-05-19', 'male', '001047005544', 'Số 22 Ái Mộ', ['Aspirin', 'Hải sản']],
  ['Vũ Hồng Nhung', '1996-02-14', 'female', '001196002233', 'Tổ 9, Phú Viên', []],
  ['Hoàng Đình Phúc', '1984-07-30', 'male', '001084007711', 'Số 18 Hồng Tiến', []],
  ['Nguyễn Thị Hoa', '1959-12-01', 'female', '001159012888', 'Tổ 15, Ngọc Thụy', []],
]
export const patients = people.map(([name, birthDate, gender, personalNumber, address, allergies], i) => ({
  id: `p${i}`,
  form: {
    name, birthDate, gender, personalNumber, oldId: '', passport: '',
    insurance: i === 1 ? null : { number: personalNumber, validFrom: '2026-01-01', validTo: i === 6 ? '2026-06-30' : '2026-12-31', registeredFacility: '01C54', fiveYearsFrom: '' },
    phone: `09123456${70 + i}`, address: `${address}, phường Bồ Đề, Hà Nội`, communeCode: '00145', ethnicity: '01', occupation: '', identityKind: 'citizen', identityReason: '', guardian: null,
  },
  allergies: allergies.map((text, j) => ({ id: `a${i}${j}`, text, criticality: 'high' })),
  version: '1',
}))

export const diagnoses = [
  ['I10', 'Tăng huyết áp vô căn (nguyên phát)', []],
  ['J06.9', 'Nhiễm trùng hô hấp trên cấp tính, không đặc hiệu', []],
  ['J20', 'Viêm phế quản cấp', [{ id: 'finer_code', text: 'Có mã chi tiết hơn (J20.0–J20.9)' }]],
  ['J20.9', 'Viêm phế quản cấp, không đặc hiệu', []],
  ['E11', 'Đái tháo đường không phụ thuộc insuline', [{ id: 'finer_code', text: 'Có mã chi tiết hơn (E11.0–E11.9)' }]],
  ['E11.9', 'Đái tháo đường không phụ thuộc insuline, chưa có biến chứng', []],
  ['K29.7', 'Viêm dạ dày, không đặc hiệu', []],
  ['A90', 'Sốt xuất huyết Dengue', []],
  ['R50.9', 'Sốt, không đặc hiệu', [{ id: 'discouraged_main', text: 'Không nên là bệnh chính' }]],
  ['Z00.0', 'Khám sức khỏe tổng quát', [{ id: 'discouraged_main', text: 'Không nên là bệnh chính' }]],
  ['B95.0', 'Liên cầu nhóm A, căn nguyên của bệnh đã phân loại chương khác', [{ id: 'not_main', text: 'Không được là bệnh chính' }]],
  ['O80', 'Đẻ thường một thai', [{ id: 'wrong_sex', text: 'Chỉ dùng cho nữ' }]],
  ['N40', 'Tăng sản tuyến tiền liệt', [{ id: 'wrong_sex', text: 'Chỉ dùng cho nam' }]],
].map(([code, name, flags]) => ({ code, name, nameEn: '', flags, chronic: false }))

export const drugs = [
  ['AML5', 'Amlodipin', 'Amlodipin', '5 mg', 'Viên', 'viên nén', 560, true, 'C', 4200, 30],
  ['PAR500', 'Paracetamol', 'Paracetamol', '500 mg', 'Viên', 'viên nén', 320, true, 'C', 8000, 10],
  ['AMX500', 'Amoxicilin', 'Amoxicilin (penicillin)', '500 mg', 'Viên', 'viên nang', 1150, true, 'C', 36, 10],
  ['MET500', 'Metformin', 'Metformin hydroclorid', '500 mg', 'Viên', 'viên nén', 690, true, 'C', 2600, 30],
  ['OME20', 'Omeprazol', 'Omeprazol', '20 mg', 'Viên', 'viên nang', 780, true, 'C', 1500, 28],
  ['VITC', 'Vitamin C', 'Acid ascorbic', '500 mg', 'Viên', 'viên nén', 400, false, 'C', 3000, 30],
  ['ORE', 'Oresol', 'Natri clorid + kali clorid + glucose', '27,9 g', 'Gói', 'thuốc bột', 1600, true, 'C', 400, 5],
].map(([code, name, substance, strength, unit, form, price, insured, kind, onHand, maxDays]) => ({
  code, name, substance, strength, unit, form, route: 'Uống', price, insured, kind, onHand, maxDays, usualDose: null,
}))

const analyte = (code, name, unit, low, high, decimals, plausibleLow, plausibleHigh) => ({
  code, name, unit, range: `${low}–${high}`.replaceAll('.', ','), low, high, decimals, plausibleLow, plausibleHigh, kind: 'number', choices: [],
})
export const services = [
  ['22.0120', 'Tổng phân tích tế bào máu ngoại vi', 'lab', 43700, [
    analyte('WBC', 'Bạch cầu (WBC)', 'G/L', 4, 10, 1, 0.1, 500), analyte('RBC', 'Hồng cầu (RBC)', 'T/L', 3.8, 5.8, 2, 0.5, 10),
    analyte('HGB', 'Huyết sắc tố (HGB)', 'g/L', 120, 170, 0, 20, 250), analyte('PLT', 'Tiểu cầu (PLT)', 'G/L', 150, 400, 0, 1, 2000)], 'Máu toàn phần EDTA'],
  ['23.0075', 'Định lượng glucose máu', 'lab', 22400, [analyte('GLU', 'Glucose', 'mmol/L', 3.9, 6.4, 1, 0.5, 60)], 'Huyết thanh'],
  ['23.0041', 'Định lượng cholesterol toàn phần', 'lab', 28000, [analyte('CHOL', 'Cholesterol', 'mmol/L', 3.1, 5.2, 1, 0.5, 30)], 'Huyết thanh'],
  ['02.0085', 'Điện tim thường', 'function', 39900, [], ''],
].map(([code, name, room, price, analytes, specimen]) => ({ code, name, room, price, insured: true, analytes, specimen }))

export const communes = [['00145', 'Phường Bồ Đề, Hà Nội'], ['00118', 'Phường Long Biên, Hà Nội'], ['00127', 'Phường Việt Hưng, Hà Nội'], ['00004', 'Phường Ba Đình, Hà Nội']].map(([code, name]) => ({ code, name }))
export const ethnicities = [['01', 'Kinh'], ['02', 'Tày'], ['03', 'Thái'], ['06', 'Mường']].map(([code, name]) => ({ code, name }))
export const occupations = [['00000', 'Không nghề nghiệp'], ['1', 'Cán bộ, công chức'], ['9', 'Hưu trí'], ['6', 'Học sinh, sinh viên'], ['5', 'Nông dân']].map(([code, name]) => ({ code, name }))
