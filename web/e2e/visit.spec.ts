// The whole visit, from the scanned card to the dossier, by keyboard and scanner only.
import { Desk, expect, newCard, newName, plain, test } from './station'

test('a visit from the door to the insurer', async ({ browser, station }) => {
  const name = newName('TRẦN')
  const typedName = plain(name)
  const anyCase = new RegExp(name, 'i')
  const card = newCard(name)

  // Reception: scan, confirm, number.
  const reception = await Desk.open(browser, station, 'letan')
  await expect(reception.page.getByTestId('scan-box')).toBeFocused()
  await reception.look('02-reception')
  await reception.scan(card.text)
  await expect(reception.page.getByLabel('Họ và tên')).toHaveValue(anyCase)
  await expect(reception.page.getByLabel('Số căn cước (12 số)')).toHaveValue(card.number)
  await reception.page.getByLabel('Số thẻ BHYT', { exact: true }).focus()
  await reception.type(card.number)
  await reception.page.keyboard.press('Enter')
  await reception.type('01/01/2026')
  await reception.page.keyboard.press('Enter')
  await reception.type('31/12/2027')
  await reception.page.keyboard.press('Enter')
  await reception.type('01C54')
  const commune = reception.page.getByRole('combobox', { name: 'Phường / xã' })
  if ((await commune.inputValue()) === '') await reception.pick('Phường / xã', 'bo de')
  await reception.look('03-reception-form')
  await reception.page.keyboard.press('Control+Enter')
  const checkIn = reception.page.getByRole('button', { name: 'Nhận khám, lấy số' })
  await expect(checkIn).toBeFocused()
  await reception.look('04-check-in')
  await reception.page.keyboard.press('Enter')
  const ticket = (await reception.page.getByTestId('ticket').innerText()).trim()
  expect(ticket).toMatch(/^[A-Z]?\d{3,4}$/)
  await reception.look('05-number')

  // The wall shows the number, and no full name.
  const wallContext = await browser.newContext()
  const wall = new Desk(await wallContext.newPage(), wallContext, station)
  await wall.page.goto(`${station}/queue`)
  await expect(wall.page.getByTestId('queue-waiting').filter({ hasText: ticket })).toBeVisible()
  await expect(wall.page.getByText(name)).toHaveCount(0)
  await wall.look('06-queue')

  // Nurse: one line of numbers; an improbable temperature is asked about.
  const nurse = await Desk.open(browser, station, 'dieuduong')
  await nurse.page.getByLabel(/Lọc danh sách/).focus()
  await nurse.type(typedName)
  await expect(nurse.page.locator('[data-row-action]')).toHaveCount(1)
  await nurse.page.keyboard.press('ArrowDown')
  await nurse.page.keyboard.press('Enter')
  await expect(nurse.page.getByLabel('HA tối đa')).toBeFocused()
  for (const value of ['132', '84', '88', '41,9', '18', '97', '64,5', '168']) {
    await nurse.page.keyboard.type(value)
    await nurse.page.keyboard.press('Enter')
  }
  await expect(nurse.page.getByText('22,9')).toBeVisible()
  await nurse.look('07-nurse')
  await nurse.page.keyboard.press('Enter')
  const askedOrSaved = nurse.page.getByTestId('confirm-value').or(nurse.page.getByText(/Đã lưu sinh hiệu/))
  await expect(askedOrSaved.first()).toBeVisible()
  while (await nurse.page.getByTestId('confirm-value').isVisible()) {
    await expect(nurse.page.getByTestId('confirm-value')).toBeFocused()
    await nurse.page.keyboard.press('Enter')
    await expect(nurse.page.getByTestId('confirm-value').or(nurse.page.getByText(/Đã lưu sinh hiệu/)).first()).toBeVisible()
    if (await nurse.page.getByText(/Đã lưu sinh hiệu/).isVisible()) break
  }
  await expect(nurse.page.getByText(/Đã lưu sinh hiệu/)).toBeVisible()

  // Doctor: call, see, diagnose, order.
  const doctor = await Desk.open(browser, station, 'bacsi')
  const filter = doctor.page.getByLabel(/Lọc danh sách/)
  await filter.focus()
  await doctor.type(typedName)
  await expect(doctor.page.locator('[data-row-action]')).toHaveCount(1)
  await doctor.look('08-doctor-list')
  await filter.focus()
  await doctor.page.keyboard.press('ArrowDown')
  await doctor.page.keyboard.press('Enter')
  await expect(doctor.page.getByTestId('patient-banner')).toContainText(anyCase)
  await expect(doctor.page.getByText('132/84')).toBeVisible()
  await expect(wall.page.getByTestId('queue-called').filter({ hasText: ticket })).toBeVisible()
  await wall.look('09-queue-called')
  await doctor.page.getByLabel('Triệu chứng, bệnh sử').focus()
  await doctor.page.keyboard.insertText('Sốt, ho, đau họng 2 ngày nay.')
  await doctor.page.getByLabel('Khám lâm sàng').focus()
  await doctor.page.keyboard.insertText('Họng đỏ, phổi không ran.')
  await doctor.pick(/Thêm chẩn đoán/, 'J06.9')
  await expect(doctor.page.getByText('Bệnh chính')).toBeVisible()
  await doctor.pick(/Thêm xét nghiệm/, 'te bao mau ngoai vi')
  await expect(doctor.page.getByTestId('order')).toHaveCount(1)
  await expect(doctor.page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')
  await doctor.look('10-doctor-visit')

  // Lab: one person enters, another verifies.
  const lab = await Desk.open(browser, station, 'xetnghiem')
  await lab.page.getByLabel(/Lọc danh sách/).focus()
  await lab.type(typedName)
  await expect(lab.page.locator('[data-row-action]')).toHaveCount(1)
  await lab.look('11-lab-list')
  await lab.page.getByLabel(/Lọc danh sách/).focus()
  await lab.page.keyboard.press('ArrowDown')
  await lab.page.keyboard.press('Enter')
  await expect(lab.page.getByTestId('results-form')).toBeVisible()
  const fields = lab.page.getByTestId('results-form').locator('input')
  await expect(fields.first()).toBeFocused()
  const count = await fields.count()
  for (let i = 0; i < count; i += 1) {
    const analyte = (await fields.nth(i).getAttribute('aria-label')) ?? ''
    await expect(fields.nth(i)).toBeFocused()
    await lab.page.keyboard.type(normalValue(analyte))
    await lab.page.keyboard.press('Enter')
  }
  await lab.look('12-lab-entry')
  await lab.page.keyboard.press('Control+Enter')
  await expect(lab.page.getByText(/Đã lưu, chờ người thứ hai duyệt/)).toBeVisible()

  const second = await Desk.open(browser, station, 'xetnghiem2')
  await second.page.getByRole('button', { name: /^Chờ duyệt/ }).press('Enter')
  await second.page.getByLabel(/Lọc danh sách/).focus()
  await second.type(typedName)
  await expect(second.page.locator('[data-row-action]')).toHaveCount(1)
  await second.page.keyboard.press('ArrowDown')
  await second.page.keyboard.press('Enter')
  const verify = second.page.getByRole('button', { name: 'Duyệt và trả kết quả' })
  await expect(verify).toBeFocused()
  await second.look('13-lab-verify')
  await verify.press('Enter')
  await expect(second.page.getByText('Đã trả kết quả cho bác sĩ.')).toBeVisible()

  // The doctor's screen shows it without a reload; prescription, closing.
  await expect(doctor.page.getByText('Có kết quả', { exact: true })).toBeVisible()
  await doctor.pick(/Thêm thuốc/, 'paracetamol 500')
  await expect(doctor.page.getByTestId('rx-line')).toHaveCount(1)
  await expect(doctor.page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')
  await doctor.look('14-doctor-results')
  await doctor.page.keyboard.press('Alt+x')
  await expect(doctor.page.getByTestId('close-confirm')).toBeVisible()
  await doctor.look('15-close')
  await doctor.page.getByLabel('Lời dặn').focus()
  await doctor.page.keyboard.insertText('Uống nhiều nước, tái khám khi sốt cao.')
  await doctor.page.keyboard.press('Enter')
  await expect(doctor.page.getByTestId('closed')).toBeVisible()
  await doctor.look('16-closed')

  // Pharmacy.
  const pharmacy = await Desk.open(browser, station, 'duocsi')
  await pharmacy.page.getByLabel(/Lọc danh sách/).focus()
  await pharmacy.type(typedName)
  await expect(pharmacy.page.locator('[data-row-action]')).toHaveCount(1)
  await pharmacy.page.keyboard.press('ArrowDown')
  await pharmacy.page.keyboard.press('Enter')
  const dispense = pharmacy.page.getByRole('button', { name: 'Phát thuốc' })
  await expect(dispense).toBeFocused()
  await pharmacy.look('17-pharmacy')
  await dispense.press('Enter')
  await expect(pharmacy.page.getByText(/Đã phát thuốc cho/)).toBeVisible()
  await pharmacy.page.goto(`${station}/pharmacy/stock`)
  await expect(pharmacy.page.getByRole('table')).toBeVisible()
  await pharmacy.look('18-stock')

  // Cashier.
  const cashier = await Desk.open(browser, station, 'thungan')
  const cashierList = cashier.page.getByLabel(/Lọc danh sách/)
  await cashierList.focus()
  await cashier.type(typedName)
  const row = cashier.page.locator('[data-row-action]')
  const none = cashier.page.getByText(/Không có dòng nào khớp|Không có hoá đơn nào/)
  await expect(row.or(none).first()).toBeVisible()
  if (await none.isVisible()) await cashier.page.getByRole('button', { name: /^Đã xong/ }).press('Enter')
  await expect(row).toHaveCount(1)
  await row.press('Enter')
  await expect(cashier.page.getByTestId('owes')).toBeVisible()
  await cashier.look('19-cashier')

  // Claims: the dossier is there and clean.
  const head = await Desk.open(browser, station, 'truongtram')
  await head.page.goto(`${station}/claims`)
  await head.page.getByLabel(/Lọc danh sách/).focus()
  await head.type(typedName)
  await expect(head.page.locator('[data-row-action]')).toHaveCount(1)
  await head.page.keyboard.press('ArrowDown')
  await head.page.keyboard.press('Enter')
  await expect(head.page.getByRole('heading', { name: 'Kết quả kiểm tra' })).toBeVisible()
  await expect(head.page.getByTestId('finding-error')).toHaveCount(0)
  await head.look('20-claims')
  await head.page.goto(`${station}/users`)
  await expect(head.page.getByText('dieuduong')).toBeVisible()
  await head.look('21-users')
  await head.page.goto(`${station}/audit`)
  await expect(head.page.getByRole('table')).toBeVisible()
  await head.look('22-audit')
  await head.page.keyboard.press('?')
  await expect(head.page.getByRole('dialog')).toBeVisible()
  await head.look('23-help')
})

/** A healthy person's blood count, by the short name in each line's label. */
const kHealthy: Record<string, string> = {
  WBC: '7,2', RBC: '4,9', HGB: '142', HCT: '43', MCV: '88', MCH: '29', MCHC: '332', 'RDW-CV': '13', RDW: '13', PLT: '245', MPV: '9,1',
  'NEU%': '58', 'LYM%': '32', 'MONO%': '6', 'EOS%': '3', 'BASO%': '1',
}

function normalValue(analyte: string): string {
  const short = /\(([^)]+)\)/.exec(analyte)?.[1] ?? analyte
  const value = kHealthy[short]
  if (!value) throw new Error(`no healthy value for ${analyte}`)
  return value
}
