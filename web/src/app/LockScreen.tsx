// Lies over the work when the desk was left; nothing behind it is lost, and calls that met the lock go on afterwards.
import { Button, PasswordInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { session } from '@/platform/api/client'
import type { Me } from '@/platform/api/types'
import { m } from '@/platform/i18n'
import { ErrorNote } from '@/platform/ui/parts'
import { sessionResource } from './session.resource'

export function LockScreen({ me, expired, onLeave }: { me: Me | null; expired: boolean; onLeave: () => void }) {
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const answer = expired && me ? await sessionResource.login(me.login, password) : await sessionResource.unlock(password)
      client.setQueryData(['me'], answer)
      session.opened(answer.csrf)
      await client.invalidateQueries()
    } catch (failure) {
      setError(failure)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="a-lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form className="a-lock-box t-col" onSubmit={submit}>
        <IconLock size={34} stroke={1.5} />
        <h1 id="lock-title">{m.app_lock_title()}</h1>
        {me && <p className="t-strong">{me.name}</p>}
        <p className="t-muted">{expired ? m.app_lock_expired() : m.app_lock_text()}</p>
        <ErrorNote error={error} />
        <PasswordInput
          label={m.app_login_password()}
          autoComplete="current-password"
          size="md"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy} disabled={password === ''}>
          {m.app_lock_submit()}
        </Button>
        <Button variant="subtle" onClick={onLeave}>
          {m.app_lock_other()}
        </Button>
      </form>
    </div>
  )
}
