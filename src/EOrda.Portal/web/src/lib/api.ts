import type { causes, lanes } from './codes'
import { language, type Language } from './language.svelte'

/** A refusal or a failure, as the portal told it. */
export class Problem extends Error {
  constructor(
    readonly reason: string,
    readonly title: string,
    readonly detail: string,
    readonly status: number,
    /** How many places the queue has left; null when the portal does not say. */
    readonly placesAvailable: number | null = null,
  ) {
    super(reason)
  }
}

/** What something is called in each language. */
export type Name = Record<Language, string>

export interface Locality {
  name: Name | null
  timeZone: string
  freezeFrom: string
  release: string
  nextRelease: string
  cancelHours: number
}

export interface Kindergarten {
  kindergarten: string
  kind: Kind
  name: Name | null
  address: Name | null
}

export type Kind = 'general' | 'special' | 'sanatorium'

export interface QueueEntry {
  queue: string
  kind: Kind
  cohort: string
  /** What the profile of a sanatorium queue is called. */
  profile: Name | null
  waiting: number
}

export type Status = 'review' | 'waiting' | 'returning' | 'stop-listed' | 'referred' | 'archived'

export type Category = (typeof lanes)[number]

export type ChangeCause = (typeof causes)[number]

export interface PositionChange {
  at: string
  cause: ChangeCause
  own: boolean
  from: number | null
  to: number | null
}

/** An application as its owner sees it. */
export interface Application {
  application: string
  queue: string
  status: Status
  position: number | null
  waiting: number
  category: Category
  cause: string | null
  until: string | null
  place: string | null
  reservedUntil: string | null
  /** Whether it may take a place in priority access now; null unless it waits. */
  window: { rank: number; size: number; may: boolean; reason: string | null; until: string | null } | null
  referral: { cancellableUntil: string; verified: boolean } | null
  standing: {
    lane: Category
    submitted: number
    number: number
    outOfTurn: number
    firstPriority: number
    general: number
    asOf: number
    waiting: { outOfTurn: number; firstPriority: number; general: number }
    pattern: { firstPriorityShare: number; generalShare: number; phase: number }
  } | null
  changes: PositionChange[]
}

export interface Sibling {
  application: string
  secret: string
  queue: string
}

/** An application with what proves that it is one's own. */
export interface Parent {
  application: string
  secret: string
  position: number | null
  category: Category
  siblings: Sibling[]
}

export interface Reservation {
  places: string[]
  until: string
}

export interface Referrals {
  referrals: { application: string; number: string; validUntil: string }[]
}

const attempts = 6
const passing = new Set(['busy', 'starting', 'not-recorded', 'outcome-unknown'])

/** Looks something up. With its secret an application tells all of itself, without it only what everyone may know. */
export async function get<T>(path: string, secret?: string): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': language.current }
  if (secret) headers.Authorization = `Bearer ${secret}`
  return read<T>(await fetch(path, { headers, cache: 'no-store' }))
}

/**
 * Sends one press of a button. The same key goes with every attempt, so however often the network makes us ask, it is decided once.
 */
export async function command<T>(
  method: 'POST' | 'DELETE',
  queue: string,
  application: string,
  secret: string,
  path: string,
  body?: object,
): Promise<T> {
  const headers: Record<string, string> = {
    'Accept-Language': language.current,
    Authorization: `Bearer ${secret}`,
    'Idempotency-Key': newKey(),
  }
  if (body) headers['Content-Type'] = 'application/json'
  const request: RequestInit = { method, headers, body: body ? JSON.stringify(body) : null }
  for (let attempt = 1; ; attempt++) {
    try {
      return await read<T>(await fetch(`/api/queues/${queue}/applications/${encodeURIComponent(application)}${path}`, request))
    } catch (fault) {
      const worthAnother = fault instanceof Problem ? passing.has(fault.reason) : fault instanceof TypeError
      if (!worthAnother || attempt === attempts) throw fault
      await new Promise((done) => setTimeout(done, 150 * 2 ** attempt * (0.5 + Math.random())))
    }
  }
}

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) throw new TypeError(response.statusText)
  const problem = (await response.json()) as { reason: string; title: string; detail: string; status: number }
  const available = response.headers.get('Places-Available')
  throw new Problem(problem.reason, problem.title, problem.detail, problem.status, available === null ? null : Number(available))
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
