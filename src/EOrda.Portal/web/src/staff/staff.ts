import type { Duty } from './session.svelte'

/** A member of staff. */
export interface Member {
  person: string
  login: string
  name: string
  duties: Duty[]
  isEnrolled: boolean
  blockedUntil: string | null
  blockReason: string | null
}

/** A link by which somebody enrols, told once. */
export interface Invitation {
  person: string
  token: string
  expiresAt: string
}

/** The link as its owner opens it. */
export function linkOf(invitation: Invitation): string {
  return `${location.origin}/staff#${invitation.token}`
}
