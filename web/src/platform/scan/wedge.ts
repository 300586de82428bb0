// Tells a scanner that types (a keyboard wedge) from a person who types, wherever the cursor stands.
//
// A scanner sends its characters within a few milliseconds of each other and ends with Enter. What it typed into
// a field by accident is taken out again. With a Telex input method on, keys arrive as 'Process' and the field is
// garbled, so those keys are read from their place on the keyboard; letters that come without a key event
// (Alt+digits, as scanners send "ễ") are read from the input event.

/** Usual (median) pause between the characters of a scan. A fast typist stays above 60 ms, slow scanners below 35. */
const kUsualPause = 45
/** A busy browser may now and then lag this far behind the scanner. */
const kLongestLag = 400
/** A card has at least this many separators: such a scan is one even in a box that held other text. */
const kCardSeparators = 5
/** Text that stood in the box this long before the scan began is left over, not its beginning. */
const kLeftOver = 700
/** A booking code or ticket has at least this many characters; shorter bursts are a person's. */
const kShortestScan = 6

type Editable = HTMLInputElement | HTMLTextAreaElement

interface Burst {
  text: string
  last: number
  pauses: number[]
  target: Editable | null
  before: string
  /** Some keys were read by their place, so the field shows something else. */
  garbled: boolean
  /** How long nothing had come before it began. */
  gap: number
}

function editable(element: Element | null): Editable | null {
  if (element instanceof HTMLTextAreaElement) return element
  if (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type)) return element
  return null
}

function setValue(element: Editable, value: string): void {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}

const kShiftedDigits = ')!@#$%^&*('
const kPunctuation: Record<string, [string, string]> = {
  Backslash: ['\\', '|'],
  Slash: ['/', '?'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Space: [' ', ' '],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
}

/** The character a key means by its place on a US keyboard, for keys an input method has swallowed. */
export function characterOfCode(code: string, shift: boolean): string {
  if (/^Key[A-Z]$/.test(code)) return shift ? code.slice(3) : code.slice(3).toLowerCase()
  if (/^Digit\d$/.test(code)) return shift ? (kShiftedDigits[Number(code.slice(5))] ?? '') : code.slice(5)
  if (/^Numpad\d$/.test(code)) return code.slice(6)
  return kPunctuation[code]?.[shift ? 1 : 0] ?? ''
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
}

export interface WedgeOptions {
  /** A whole scan; the field that held the cursor has its old text back. */
  onScan: (text: string) => void
  /** Someone starts typing with the cursor nowhere: the box that shall take it. */
  sink: () => HTMLInputElement | null
}

export function captureWedge(root: Document, options: WedgeOptions): () => void {
  let burst: Burst | null = null
  let counted: string | null = null
  let lastCharacter = Number.NEGATIVE_INFINITY

  const goesOn = (at: number): boolean => burst !== null && at - burst.last <= kLongestLag
  const add = (text: string, at: number, garbled: boolean) => {
    if (!burst || !goesOn(at)) {
      const target = editable(root.activeElement)
      burst = { text: '', last: at, pauses: [], target, before: target?.value ?? '', garbled: false, gap: at - lastCharacter }
    }
    if (burst.text !== '') burst.pauses.push(at - burst.last)
    burst.text += text
    burst.garbled ||= garbled
    burst.last = at
    lastCharacter = at
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      const scanned = goesOn(event.timeStamp) ? burst : null
      burst = null
      if (!scanned || [...scanned.text].length < kShortestScan || median(scanned.pauses) > kUsualPause) return
      if (scanned.target && scanned.target.type === 'password') return
      // In the box that takes scans Enter sends what stands there anyway, unless a card follows left-over text.
      const inSink = scanned.target !== null && scanned.target === options.sink()
      if (inSink && !scanned.garbled && (scanned.text.split('|').length <= kCardSeparators || scanned.gap < kLeftOver)) return
      event.preventDefault()
      event.stopPropagation()
      if (scanned.target) setValue(scanned.target, scanned.before)
      options.onScan(scanned.text)
      return
    }
    if (event.repeat) {
      // A key held down is a person's.
      burst = null
      return
    }
    if (event.ctrlKey || event.metaKey || (event.altKey && !event.getModifierState('AltGraph'))) return
    const swallowed = event.key === 'Process' || event.key === 'Unidentified' || event.isComposing
    const character = swallowed ? characterOfCode(event.code, event.shiftKey) : event.key
    if ([...character].length !== 1) {
      // Tab, an arrow: someone is at the keyboard. Shift and the like belong to the next character.
      if (!['Shift', 'CapsLock', 'AltGraph', 'Alt', 'NumLock', 'Dead', 'Process', 'Unidentified'].includes(event.key)) burst = null
      return
    }
    const active = root.activeElement
    const nowhere = active === null || active === root.body || active instanceof HTMLButtonElement || active instanceof HTMLAnchorElement
    if (nowhere && character !== '/' && character !== '?' && character !== ' ') options.sink()?.focus()
    counted = character
    add(character, event.timeStamp, swallowed)
  }

  const onBeforeInput = (event: InputEvent) => {
    // A whole word at once is an input method's or a paste, never a scanner's.
    if (event.inputType !== 'insertText' || event.isComposing || [...(event.data ?? '')].length !== 1 || !event.data) return
    if (counted === event.data) {
      counted = null
      return
    }
    add(event.data, event.timeStamp, false)
  }

  root.addEventListener('keydown', onKeyDown, true)
  root.addEventListener('beforeinput', onBeforeInput, true)
  return () => {
    root.removeEventListener('keydown', onKeyDown, true)
    root.removeEventListener('beforeinput', onBeforeInput, true)
  }
}
