// Sign in; in a demonstration, the people to choose from stand beside the form.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { session } from '@/platform/api/client'
import type { Role } from '@/platform/api/types'
import { m } from '@/platform/i18n'
import { ErrorNote, Note, roleName } from '@/platform/ui/parts'
import { LanguageSwitch, ThemeSwitch } from './Switches'
import { sessionResource } from './session.resource'

/** The logins `tram demo` makes, see docs/api.md. */
const kDemoPassword = 'TramDemo-2026-an-toan'
const kDemoPeople: { login: string; role: Role }[] = [
  { login: 'letan', role: 'receptionist' },
  { login: 'dieuduong', role: 'nurse' },
  { login: 'bacsi', role: 'doctor' },
  { login: 'bacsi2', role: 'doctor' },
  { login: 'xetnghiem', role: 'lab_technician' },
  { login: 'xetnghiem2', role: 'lab_technician' },
  { login: 'duocsi', role: 'pharmacist' },
  { login: 'thungan', role: 'cashier' },
  { login: 'truongtram', role: 'station_head' },
  { login: 'quantri', role: 'administrator' },
]

export function LoginPage() {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const navigate = useNavigate()
  const status = useQuery({ queryKey: ['status', 'public'], queryFn: sessionResource.status, retry: false })

  const enter = async (name: string, secret: string) => {
    setBusy(true)
    setError(null)
    try {
      const answer = await sessionResource.login(name.trim(), secret)
      client.clear()
      session.opened(answer.csrf)
      client.setQueryData(['me'], answer)
      await navigate({ to: '/' })
    } catch (failure) {
      setError(failure)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter(login, password)
  }

  return (
    <main className="a-login">
      <div className="a-login-top t-row">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <div className="a-login-box">
        <section className="a-login-form">
          <div className="a-brand">
            <img src="/icon.svg" alt="" width={44} height={44} />
            <div>
              <h1>{m.app_name()}</h1>
              <p className="t-muted">{status.data?.station || m.app_tagline()}</p>
            </div>
          </div>
          <form onSubmit={submit} className="t-col">
            <ErrorNote error={error} />
            <TextInput
              label={m.app_login_name()}
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              size="md"
              data-autofocus
              autoFocus
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            <PasswordInput
              label={m.app_login_password()}
              name="password"
              autoComplete="current-password"
              size="md"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" size="md" loading={busy} disabled={login.trim() === '' || password === ''}>
              {m.app_login_submit()}
            </Button>
            <p className="t-muted t-small">{m.app_login_help()}</p>
          </form>
        </section>
        {status.data?.demo && (
          <section className="a-login-demo" aria-labelledby="demo-title">
            <h2 id="demo-title">{m.app_login_demo_title()}</h2>
            <Note tone="info">{m.app_login_demo_note({ password: kDemoPassword })}</Note>
            <ul className="a-demo-people">
              {kDemoPeople.map((person) => (
                <li key={person.login}>
                  <button
                    type="button"
                    disabled={busy}
                    onClick={() => {
                      setLogin(person.login)
                      void enter(person.login, kDemoPassword)
                    }}
                  >
                    <b>{roleName(person.role)}</b>
                    <span className="t-muted">{person.login}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <p className="t-muted t-small a-login-foot num">{status.data ? `Tram ${status.data.version}` : ''}</p>
    </main>
  )
}
