import { ask, type Patience } from './asking'
import type { accesses, causes, lanes, placeStates } from './codes'
import { language, type Language } from './language.svelte'

/** What something is called in each language. */
export type Name = Record<Language, string>

export interface Locality {
  name: Name | null
  timeZone: string
  /** Minutes that local time is ahead of UTC, and the next change of them. */
  offsetMinutes: number
  nextOffset: { from: string; offsetMinutes: number } | null
  freezeFrom: string
  release: string
  nextRelease: string
  lapsesPerDay: number
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

export interface QueueSummary {
  at: string
  waiting: { outOfTurn: number; firstPriority: number; general: number }
}

export type PlaceState = (typeof placeStates)[number]

export interface PlaceEntry {
  number: number
  place: string
  kindergarten: string
  state: PlaceState
  access: (typeof accesses)[number] | null
  from: string | null
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

/** One press of a button. Sent again with the same key it is decided once. */
export interface Press {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly body: string | null
  readonly key: string
}

const forEver: Patience = { milliseconds: Infinity }
const pressPatience = 30_000
const placesAtOnce = 500
const mostKept = 8

/** The latest answers that are asked for again and again, with the tags that the portal gave them. Kept in memory only. */
const kept = new Map<string, { tag: string; value: unknown }>()

/** Looks something up, for as long as it takes. */
export function get<T>(path: string, patience: Patience = forEver): Promise<T> {
  return ask(path, { headers: { 'Accept-Language': language.current } }, (response) => response.json() as Promise<T>, patience)
}

/** The queue's numbers; asked for again and again they cost little. */
export function summaryOf(queue: string, patience: Patience): Promise<QueueSummary> {
  return getAgain(`/api/queues/${queue}`, {}, patience)
}

/** All places of the queue, in the order of their numbers. */
export async function placesOf(queue: string, patience: Patience): Promise<PlaceEntry[]> {
  const all: PlaceEntry[] = []
  for (let total = 1; all.length < total;) {
    const page = await getAgain<{ total: number; places: PlaceEntry[] }>(
      `/api/queues/${queue}/places?from=${all.length}&count=${placesAtOnce}`,
      {},
      patience,
    )
    if (page.places.length === 0) break
    all.push(...page.places)
    total = page.total
  }
  return all
}

/** One's own application. */
export function look(queue: string, parent: Parent, patience: Patience): Promise<Application> {
  return getAgain(addressOf(queue, parent.application), { Authorization: `Bearer ${parent.secret}` }, patience)
}

/** A press that was not sent before. */
export function pressOf(method: Press['method'], path: string, body?: object): Press {
  return { method, path, body: body ? JSON.stringify(body) : null, key: newKey() }
}

/** Sends a press until it is answered; gives up after half a minute. */
export function send<T>(queue: string, parent: Parent, press: Press, waits: (failures: number) => void): Promise<T> {
  const headers: Record<string, string> = {
    'Accept-Language': language.current,
    Authorization: `Bearer ${parent.secret}`,
    'Idempotency-Key': press.key,
  }
  if (press.body) headers['Content-Type'] = 'application/json'
  return ask(
    addressOf(queue, parent.application) + press.path,
    { method: press.method, headers, body: press.body },
    (response) => response.json() as Promise<T>,
    { milliseconds: pressPatience, waits },
  )
}

function addressOf(queue: string, application: string): string {
  return `/api/queues/${queue}/applications/${encodeURIComponent(application)}`
}

function getAgain<T>(path: string, headers: Record<string, string>, patience: Patience): Promise<T> {
  const known = kept.get(path)
  const all = { 'Accept-Language': language.current, ...headers, ...(known && { 'If-None-Match': known.tag }) }
  const read = async (response: Response): Promise<T> => {
    if (response.status === 304 && known) return known.value as T
    const value = (await response.json()) as T
    const tag = response.headers.get('ETag')
    if (tag) {
      kept.delete(path)
      kept.set(path, { tag, value })
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? path)
    }
    return value
  }
  return ask(path, { headers: all }, read, patience)
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
