// Bad days at the browser: the line drops, the page reloads, a person comes twice, a password is guessed.
import { Desk, expect, kPassword, newCard, newName, test } from './station'

async function visitInRoom(browser: Parameters<typeof Desk.open>[0], station: string, name: string): Promise<Desk> {
  const reception = await Desk.open(browser, station, 'letan')
  await expect(reception.page.getByTestId('scan-box')).toBeFocused()
  await reception.scan(newCard(name).text)
  await expect(reception.page.getByLabel('Họ và tên')).toHaveValue(new RegExp(name, 'i'))
  await reception.page.keyboard.press('Control+Enter')
  const checkIn = reception.page.getByRole('button', { name: 'Nhận khám, lấy số' })
  await expect(checkIn).toBeFocused()
  await checkIn.press('Enter')
  await expect(reception.page.getByTestId('ticket')).toBeVisible()
  await reception.close()
  const nurse = await Desk.open(browser, station, 'dieuduong')
  await nurse.page.getByLabel(/Lọc danh sách/).fill(name)
  await expect(nurse.page.locator('[data-row-action]')).toHaveCount(1)
  await nurse.page.keyboard.press('Enter')
  await expect(nurse.page.getByLabel('HA tối đa')).toBeFocused()
  await nurse.page.keyboard.type('120')
  await nurse.page.keyboard.press('Enter')
  await nurse.page.keyboard.type('78')
  await nurse.page.keyboard.press('Control+Enter')
  await expect(nurse.page.getByText(/Đã lưu sinh hiệu/)).toBeVisible()
  await nurse.close()
  const doctor = await Desk.open(browser, station, 'bacsi2')
  await doctor.page.getByLabel(/Lọc danh sách/).fill(name)
  await expect(doctor.page.locator('[data-row-action]')).toHaveCount(1)
  await doctor.page.keyboard.press('Enter')
  await expect(doctor.page.getByTestId('patient-banner')).toContainText(new RegExp(name, 'i'))
  return doctor
}

test('a draft survives a dropped line and a reload', async ({ browser, station }) => {
  const doctor = await visitInRoom(browser, station, newName('LÊ'))
  const symptoms = doctor.page.getByLabel('Triệu chứng, bệnh sử')
  await symptoms.focus()
  await doctor.page.keyboard.insertText('Đau bụng từ sáng.')
  const saveState = doctor.page.getByTestId('save-state')
  await expect(saveState).toHaveAttribute('data-state', 'saved')

  // Saved on the station: a reload shows it.
  await doctor.page.reload()
  await expect(symptoms).toHaveValue('Đau bụng từ sáng.')

  // The line drops: what is typed is kept here and says so.
  await doctor.page.route('**/draft', (route) => route.abort('connectionrefused'))
  await symptoms.focus()
  await doctor.page.keyboard.press('End')
  await doctor.page.keyboard.insertText(' Nôn hai lần.')
  await expect(saveState).toHaveAttribute('data-state', 'waiting')
  await doctor.look('30-draft-waiting')

  // The browser is closed and opened with the line still down, then up again: nothing is lost.
  await doctor.page.reload()
  await expect(symptoms).toHaveValue('Đau bụng từ sáng. Nôn hai lần.')
  await doctor.page.unroute('**/draft')
  await symptoms.focus()
  await doctor.page.keyboard.press('End')
  await doctor.page.keyboard.insertText(' Không sốt.')
  await expect(saveState).toHaveAttribute('data-state', 'saved')

  // Another computer sees all of it.
  const other = await Desk.open(browser, station, 'bacsi2')
  await other.page.goto(doctor.page.url())
  await expect(other.page.getByLabel('Triệu chứng, bệnh sử')).toHaveValue('Đau bụng từ sáng. Nôn hai lần. Không sốt.')
})

test('a second record for one person is warned about', async ({ browser, station }) => {
  const duyen = newName('ĐẶNG')
  const card = newCard(duyen, '15081984')
  const desk = await Desk.open(browser, station, 'letan')
  await expect(desk.page.getByTestId('scan-box')).toBeFocused()
  await desk.scan(card.text.replace('|Nam|', '|Nữ|'))
  await expect(desk.page.getByLabel('Họ và tên')).toHaveValue(new RegExp(duyen, 'i'))
  await desk.page.keyboard.press('Control+Enter')
  await expect(desk.page.getByRole('button', { name: 'Nhận khám, lấy số' })).toBeFocused()

  // The same person without the card, typed by hand.
  await desk.page.getByRole('button', { name: 'Đăng ký người mới' }).press('Enter')
  const name = desk.page.getByLabel('Họ và tên')
  await expect(name).toBeFocused()
  await name.fill(duyen)
  await name.press('Enter')
  await desk.type('15081984')
  await desk.page.getByRole('radio', { name: 'Nữ' }).check({ force: true })
  await desk.page.keyboard.press('Control+Enter')

  // No papers at all: the station asks why, then looks for the same person.
  await expect(desk.page.getByLabel('Vì sao chưa có giấy tờ')).toBeFocused()
  await desk.page.keyboard.insertText('Quên giấy tờ ở nhà')
  await desk.page.keyboard.press('Control+Enter')
  const warning = desk.page.getByRole('dialog')
  await expect(warning).toBeVisible()
  await expect(warning).toContainText(card.number)
  await desk.look('31-duplicate')
  await warning.getByRole('button', { name: /^Dùng hồ sơ này/ }).first().press('Enter')
  await expect(desk.page.getByTestId('patient-banner')).toContainText(card.number)
})

test('a scan into another field leaves that field as it was', async ({ browser, station }) => {
  const desk = await Desk.open(browser, station, 'letan')
  const filter = desk.page.getByLabel(/Lọc danh sách/)
  await filter.fill('bình')
  const card = newCard('PHAM VAN QUYET')
  await desk.scan(card.text.replace('Tổ 4, phường Bồ Đề, Hà Nội', 'To 4, Bo De, Ha Noi'))
  await expect(desk.page.getByLabel('Số căn cước (12 số)')).toHaveValue(card.number)
  await expect(filter).toHaveValue('bình')
})

test('the lock screen keeps what was being typed', async ({ browser, station }) => {
  const desk = await Desk.open(browser, station, 'letan')
  await desk.page.getByRole('button', { name: 'Trẻ sơ sinh' }).press('Enter')
  const name = desk.page.getByLabel('Họ và tên')
  await expect(name).toBeFocused()
  await desk.page.keyboard.insertText('Con bà Hoà')
  await desk.page.keyboard.press('Alt+k')
  await expect(desk.page.getByRole('dialog', { name: 'Màn hình đã khoá' })).toBeVisible()
  await desk.look('32-locked')
  const password = desk.page.getByRole('textbox', { name: 'Mật khẩu' })
  await expect(password).toBeFocused()
  await desk.type(kPassword)
  await desk.page.keyboard.press('Enter')
  await expect(desk.page.getByRole('dialog')).toHaveCount(0)
  await expect(name).toHaveValue('Con bà Hoà')
})

test('guessing a password locks the account and says so', async ({ browser, station }) => {
  const context = await browser.newContext()
  const desk = new Desk(await context.newPage(), context, station)
  await desk.page.goto(`${station}/login`)
  await expect(desk.page.getByRole('heading', { name: /Bản trình diễn/ })).toBeVisible()
  await desk.look('01-login')
  const login = desk.page.getByLabel('Tên đăng nhập')
  const password = desk.page.getByRole('textbox', { name: 'Mật khẩu' })
  await login.fill('quantri')
  for (let i = 0; i < 6; i += 1) {
    const answered = desk.page.waitForResponse('**/api/login')
    await password.fill(`sai-mat-khau-${i}`)
    await password.press('Enter')
    expect((await answered).status()).toBeGreaterThanOrEqual(400)
    await expect(password).toHaveValue('')
  }
  await expect(desk.page.getByRole('alert')).toContainText(/khoá|khóa/)
  await desk.look('33-lock-out')
})
