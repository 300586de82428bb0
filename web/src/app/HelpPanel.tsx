// The panel behind `?`: shortcuts and the few habits that make the screens quick.
import { m } from '@/platform/i18n'
import { Dialog } from '@/platform/ui/dialog'
import { Kbd } from '@/platform/ui/parts'

export function HelpPanel({ onClose }: { onClose: () => void }) {
  const keys: [string[], string][] = [
    [['/'], m.app_help_search()],
    [['?'], m.app_help_help()],
    [['Alt', '1–9'], m.app_help_rooms()],
    [['Alt', 'K'], m.app_help_lock()],
    [['↑', '↓', 'Enter'], m.app_help_list()],
    [['Enter', 'Ctrl+Enter'], m.app_help_form()],
    [['Alt', 'N'], m.app_help_call_next()],
    [['Alt', 'X'], m.app_help_close_visit()],
  ]
  return (
    <Dialog onClose={onClose} title={m.app_help_title()} size="lg">
      <table className="t-table">
        <thead>
          <tr>
            <th>{m.app_help_keys()}</th>
            <th>{m.app_help_what()}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([names, what]) => (
            <tr key={what}>
              <td className="t-nowrap">
                <span className="t-row tight">
                  {names.map((name) => (
                    <Kbd key={name}>{name}</Kbd>
                  ))}
                </span>
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="t-col a-help-notes">
        <li>{m.app_help_scan()}</li>
        <li>{m.app_help_accents()}</li>
      </ul>
    </Dialog>
  )
}
