// The staff accounts' calls, see docs/api.md "Session".
import { api } from '@/platform/api/client'
import type { Page, Role } from '@/platform/api/types'

export interface User {
  id: string
  login: string
  name: string
  roles: Role[]
  disabled: boolean
  lockedUntil: string | null
  lastLogin: string | null
}

export interface NewUser {
  login: string
  name: string
  roles: Role[]
  password: string
  personalNumber?: string
  licence?: string
}

export interface UserChange {
  name?: string
  roles?: Role[]
  disabled?: boolean
  newPassword?: string
  unlock?: boolean
}

export const allRoles: Role[] = ['receptionist', 'nurse', 'doctor', 'lab_technician', 'pharmacist', 'cashier', 'station_head', 'administrator']

export const usersResource = {
  list: () => api.get<Page<User>>('/api/users'),
  create: (user: NewUser) => api.post<User>('/api/users', user),
  change: (id: string, change: UserChange) => api.put<User>(`/api/users/${id}`, change),
}
