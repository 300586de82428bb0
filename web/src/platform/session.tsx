// Who is signed in, for every screen.
import { createContext, useContext } from 'react'
import type { Me } from '@/platform/api/types'

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe outside a signed-in screen')
  return me
}

export function useCan(permission: string): boolean {
  return useMe().permissions.includes(permission)
}
