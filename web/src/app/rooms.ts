// The rooms of the rail: which path, which permission opens it, which word and icon.
import {
  IconCash, IconEye, IconFileCheck, IconFlask, IconHeartbeat, IconPill, IconStethoscope, IconUserPlus, IconUsers, type Icon,
} from '@tabler/icons-react'
import { m } from '@/platform/i18n'

export interface Room {
  path: string
  permission: string
  label: () => string
  icon: Icon
}

export const rooms: Room[] = [
  { path: '/reception', permission: 'reception.read', label: m.app_room_reception, icon: IconUserPlus },
  { path: '/nurse', permission: 'visit.vital_signs', label: m.app_room_nurse, icon: IconHeartbeat },
  { path: '/doctor', permission: 'visit.call', label: m.app_room_doctor, icon: IconStethoscope },
  { path: '/lab', permission: 'lab.worklist', label: m.app_room_lab, icon: IconFlask },
  { path: '/pharmacy', permission: 'pharmacy.worklist', label: m.app_room_pharmacy, icon: IconPill },
  { path: '/cashier', permission: 'billing.worklist', label: m.app_room_cashier, icon: IconCash },
  { path: '/claims', permission: 'insurance.claims', label: m.app_room_claims, icon: IconFileCheck },
  { path: '/users', permission: 'users.manage', label: m.app_room_users, icon: IconUsers },
  { path: '/audit', permission: 'audit.read', label: m.app_room_audit, icon: IconEye },
]

const kHomeOfRole: Record<string, string> = {
  nurse: '/nurse',
  doctor: '/doctor',
  lab_technician: '/lab',
  pharmacist: '/pharmacy',
  cashier: '/cashier',
  station_head: '/claims',
  administrator: '/users',
}

/** Where a person starts: the room of their role, else the first they may enter. */
export function homeOf(me: { roles: string[]; permissions: string[] }): string | null {
  const open = rooms.filter((room) => me.permissions.includes(room.permission)).map((room) => room.path)
  const preferred = me.roles.map((role) => kHomeOfRole[role]).find((path) => path && open.includes(path))
  return (me.roles.includes('receptionist') && open.includes('/reception') ? '/reception' : preferred) ?? open[0] ?? null
}
