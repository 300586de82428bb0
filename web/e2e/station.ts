// The station under test: TRAM_URL when one runs already, else TRAM_BIN started as `tram demo` in a folder of its own.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const kPassword = 'TramDemo-2026-an-toan'
export const kShots = new URL('../../test-output/screenshots', import.meta.url).pathname

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 120_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`tram demo ended with ${child.exitCode}:\n${log()}`)
    try {
      if ((await fetch(`${url}/api/status`)).ok) return
    } catch {
      // not yet listening
    }
    if (Date.now() > deadline) throw new Error(`tram demo did not answer at ${url}:\n${log()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export const test = base.extend<object, { station: string }>({
  station: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      if (process.env.TRAM_URL) {
        await use(process.env.TRAM_URL.replace(/\/$/, ''))
        return
      }
      const binary = process.env.TRAM_BIN
      if (!binary) throw new Error('Say where the station is: TRAM_URL=http://… or TRAM_BIN=path/to/tram')
      const folder = mkdtempSync(join(tmpdir(), 'tram-e2e-'))
      const port = await freePort()
      let text = ''
      const child = spawn(binary, ['demo', '--data', join(folder, 'data'), '--port', String(port), ...(process.env.TRAM_WEB ? ['--web', process.env.TRAM_WEB] : [])], { stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
      const url = `http://127.0.0.1:${port}`
      try {
        await answers(url, child, () => text.slice(-4000))
        await use(url)
      } finally {
        child.kill('SIGTERM')
        await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)))
        rmSync(folder, { recursive: true, force: true })
      }
    },
    { scope: 'worker', timeout: 150_000 },
  ],
})

export { expect }

/** A person at their own computer, signed in by keyboard. */
export class Desk {
  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly station: string,
  ) {}

  static async open(browser: Browser, station: string, login: string): Promise<Desk> {
    const context = await browser.newContext()
    const page = await context.newPage()
    const desk = new Desk(page, context, station)
    await page.goto(`${station}/login`)
    await expect(page.getByLabel('Tên đăng nhập')).toBeFocused()
    await page.keyboard.type(login)
    await page.keyboard.press('Tab')
    await page.keyboard.type(kPassword)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Các phòng' })).toBeVisible()
    return desk
  }

  /** What a keyboard-wedge scanner does: characters 4 ms apart by the clock of the keyboard, then Enter. */
  async scan(text: string): Promise<void> {
    const keyboard = await this.context.newCDPSession(this.page)
    const start = Date.now() / 1000
    const keys = [...text].map((character) => ({ key: character, text: character }))
    keys.push({ key: 'Enter', text: '\r' })
    await Promise.all(
      keys.flatMap((key, i) => {
        const at = { ...key, unmodifiedText: key.text, timestamp: start + i * 0.004, ...(key.key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13 } : {}) }
        return [keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...at }), keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...at, text: undefined })]
      }),
    )
    await keyboard.detach()
  }

  /** As a person types: slower than any scanner. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 90 })
  }

  /** Chooses the first match of a catalogue box, as a hand that types and presses Enter. */
  async pick(label: string | RegExp, text: string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: label })
    await box.focus()
    await this.type(text)
    await expect(this.page.locator('[role=listbox][data-fresh=true] [role=option]').first()).toBeVisible()
    await this.page.keyboard.press('Enter')
    await expect(this.page.locator('[role=listbox]')).toHaveCount(0)
  }

  /** axe-core in light and dark, screenshots of both. */
  async look(name: string): Promise<void> {
    mkdirSync(kShots, { recursive: true })
    for (const scheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme: scheme })
      await expect(this.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
      await this.page.screenshot({ path: join(kShots, `${name}-${scheme}.png`) })
      // Only the colours differ in the dark: everything else has been looked at in the light.
      const axe = new AxeBuilder({ page: this.page })
      const found = await (scheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze()
      const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      expect.soft(
        serious.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => `${n.html.slice(0, 160)} ${n.failureSummary ?? ''}`).join('\n  ')}`),
        `axe-core on ${name} (${scheme})`,
      ).toEqual([])
    }
    await this.page.emulateMedia({ colorScheme: 'light' })
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

const kGiven = ['AN', 'BÁCH', 'CƯỜNG', 'DŨNG', 'ĐẠT', 'GIANG', 'HẢI', 'KHOA', 'LÂM', 'NGHĨA', 'PHONG', 'QUÂN', 'SƠN', 'THẮNG', 'TÙNG', 'VINH']

/** A name nobody else in this station has today, so that a list filtered by it holds one row. */
export function newName(family: string): string {
  const n = Date.now()
  return [family, kGiven[n % 16], kGiven[(n >> 4) % 16], kGiven[(n >> 8) % 16], kGiven[(n >> 12) % 16]].join(' ')
}

/** As typed without an input method: no marks. */
export function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/Đ/g, 'D').toLowerCase()
}

let counter = 0

/** A citizen card nobody has been registered with: 12-digit number, 7 fields. */
export function newCard(name: string, birth = '01011990'): { text: string; number: string } {
  const number = `0010900${String(Date.now() % 100_000).padStart(5, '0')}`
  const unique = String(Number(number.slice(-5)) + counter++).padStart(5, '0').slice(-5)
  const full = number.slice(0, 7) + unique
  return { number: full, text: `${full}||${name}|${birth}|Nam|Tổ 4, phường Bồ Đề, Hà Nội|15042021` }
}
