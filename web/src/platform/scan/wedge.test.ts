import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { captureWedge, characterOfCode } from './wedge'

const kCard = '001090123456|012345678|NGUYEN VAN A|01011990|Nam|Bo De, Ha Noi|15042021'

describe('captureWedge', () => {
  let scans: string[]
  let release: () => void
  let clock = 0
  let box: HTMLInputElement
  let field: HTMLTextAreaElement

  beforeEach(() => {
    document.body.innerHTML = '<input id="box"><textarea id="field"></textarea><button id="button">x</button>'
    box = document.querySelector('#box') as HTMLInputElement
    field = document.querySelector('#field') as HTMLTextAreaElement
    scans = []
    clock = 1000
    release = captureWedge(document, { onScan: (text) => scans.push(text), sink: () => box })
  })
  afterEach(() => release())

  /** What a browser does for one key: keydown, then the character goes into the field that has the cursor. */
  function key(character: string, pause: number, extra: Partial<KeyboardEventInit> = {}): boolean {
    clock += pause
    const target = document.activeElement ?? document.body
    const event = new KeyboardEvent('keydown', { key: character, bubbles: true, cancelable: true, ...extra })
    Object.defineProperty(event, 'timeStamp', { value: clock })
    target.dispatchEvent(event)
    const now = document.activeElement
    if (character.length === 1 && (now === box || now === field)) (now as HTMLInputElement).value += character
    return !event.defaultPrevented
  }
  const type = (text: string, pause: number) => {
    for (const character of text) key(character, pause)
  }

  it('takes a card scanned while the cursor stands nowhere', () => {
    type(kCard, 4)
    key('Enter', 4)
    expect(scans).toEqual([kCard])
  })

  it('takes the scan out of the field that held the cursor by accident', () => {
    field.value = 'Ho 3 ngày'
    field.focus()
    type(kCard, 8)
    const passed = key('Enter', 8)
    expect(scans).toEqual([kCard])
    expect(field.value).toBe('Ho 3 ngày')
    expect(passed).toBe(false)
  })

  it('leaves a person who types alone, however fast', () => {
    field.focus()
    type('dau dau, chong mat', 70)
    key('Enter', 70)
    expect(scans).toEqual([])
    expect(field.value).toBe('dau dau, chong mat')
  })

  it('forgives a pause of a busy browser once the burst is surely a scan', () => {
    field.focus()
    type(kCard.slice(0, 30), 5)
    clock += 180
    type(kCard.slice(30), 5)
    key('Enter', 5)
    expect(scans).toEqual([kCard])
    expect(field.value).toBe('')
  })

  it('ends at a key a scanner never sends', () => {
    field.focus()
    type('nguyen van', 5)
    key('ArrowDown', 5)
    expect(key('Enter', 5)).toBe(true)
    expect(scans).toEqual([])
  })

  it('is not fooled by a key held down', () => {
    field.focus()
    for (let i = 0; i < 12; i += 1) key('a', 30, { repeat: i > 0 })
    expect(key('Enter', 30)).toBe(true)
    expect(scans).toEqual([])
  })

  it('lets Enter in the scan box do its own work', () => {
    box.focus()
    type('001090123456', 5)
    expect(key('Enter', 5)).toBe(true)
    expect(scans).toEqual([])
    expect(box.value).toBe('001090123456')
  })

  it('takes only the card when it follows left-over text in the scan box', () => {
    box.focus()
    type('nguy', 80)
    clock += 5000
    type(kCard, 5)
    key('Enter', 5)
    expect(scans).toEqual([kCard])
  })

  it('leaves a card the browser got in two parts to the scan box', () => {
    box.focus()
    type(kCard.slice(0, 6), 5)
    clock += 450
    type(kCard.slice(6), 5)
    expect(key('Enter', 5)).toBe(true)
    expect(box.value).toBe(kCard)
  })

  it('leaves a word an input method puts in at once alone', () => {
    field.focus()
    const event = new InputEvent('beforeinput', { inputType: 'insertText', data: 'chóng mặt đau đầu', bubbles: true })
    Object.defineProperty(event, 'timeStamp', { value: clock })
    field.dispatchEvent(event)
    expect(key('Enter', 3)).toBe(true)
    expect(scans).toEqual([])
  })

  it('never takes what is typed into a password field', () => {
    document.body.innerHTML = '<input id="box" type="password">'
    const password = document.querySelector('input') as HTMLInputElement
    password.focus()
    for (const character of 'mat-khau-rat-dai') key(character, 3)
    expect(key('Enter', 3)).toBe(true)
    expect(scans).toEqual([])
  })

  it('reads keys an input method swallowed by their place on the keyboard', () => {
    for (const code of ['Digit0', 'Digit0', 'Digit1', 'KeyA', 'Backslash', 'KeyB', 'Digit9']) {
      key('Process', 4, { code, shiftKey: code === 'Backslash' || code === 'KeyA' })
    }
    key('Enter', 4)
    expect(scans).toEqual(['001A|b9'])
  })

  it('starts the scan box when typing begins on a button', () => {
    document.querySelector<HTMLButtonElement>('#button')?.focus()
    key('0', 500)
    expect(document.activeElement).toBe(box)
    expect(box.value).toBe('0')
  })
})

describe('characterOfCode', () => {
  it('knows letters, digits and separators', () => {
    expect(characterOfCode('KeyQ', false)).toBe('q')
    expect(characterOfCode('KeyQ', true)).toBe('Q')
    expect(characterOfCode('Backslash', true)).toBe('|')
    expect(characterOfCode('Numpad7', false)).toBe('7')
    expect(characterOfCode('F1', false)).toBe('')
  })
})
