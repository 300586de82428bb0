// A preview that is the paper: the server's page in a shadow root, its styles kept apart from the screen's.
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Dialog } from '@/platform/ui/dialog'
import { m } from '@/platform/i18n'

export interface Paper {
  title: string
  html: string
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): { createHTML: (html: string) => string }
}

const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('tram-paper', { createHTML: (html) => html })

const kForbidden = 'script, iframe, object, embed, link, meta, base, form, input, button'

/** The page's body without anything that acts, and its style texts apart. */
export function readPaper(html: string): { body: DocumentFragment; styles: string } {
  const page = new DOMParser().parseFromString((policy?.createHTML(html) ?? html) as string, 'text/html')
  let styles = ''
  for (const style of page.querySelectorAll('style')) {
    styles += style.textContent
    style.remove()
  }
  for (const element of page.querySelectorAll(kForbidden)) element.remove()
  for (const element of page.querySelectorAll('*')) {
    for (const attribute of [...element.attributes]) {
      if (attribute.name.startsWith('on') || /^\s*javascript:/i.test(attribute.value)) element.removeAttribute(attribute.name)
    }
  }
  const body = document.createDocumentFragment()
  body.append(...page.body.childNodes)
  return { body, styles }
}

function Sheet({ html }: { html: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const { body, styles } = readPaper(html)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`:host{color:#000;background:#fff;font-family:'Be Vietnam Pro',serif}${styles.replace(/\bbody\b/g, ':host')}`)
    root.adoptedStyleSheets = [sheet]
    root.replaceChildren(body)
  }, [html])
  return <div ref={host} className="t-paper" />
}

export function PrintPreview({ paper, onClose }: { paper: Paper | null; onClose: () => void }) {
  let root = document.getElementById('print-root')
  if (!root) {
    root = document.createElement('div')
    root.id = 'print-root'
    root.style.display = 'none'
    document.body.append(root)
  }
  if (!paper) return null
  return (
    <Dialog onClose={onClose} title={paper.title} size="auto">
      <div className="t-scroll t-paperframe" tabIndex={0} role="region" aria-label={m.platform_print_preview()}>
        <Sheet html={paper.html} />
      </div>
      <div className="t-modal-actions">
        <Button variant="default" onClick={onClose}>
          {m.platform_close()}
        </Button>
        <Button data-autofocus leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          {m.platform_print()}
        </Button>
      </div>
      {createPortal(<Sheet html={paper.html} />, root)}
    </Dialog>
  )
}
