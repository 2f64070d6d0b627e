import { command, get, Problem, type Application, type Parent, type PositionChange, type Referrals, type Reservation } from './api'
import { city, type Place } from './city.svelte'
import { clock } from './clock.svelte'
import { causes, lanes } from './codes'
import { after, positionOf, type Standing } from './standing'
import type { LiveUpdate } from './updates'
import { isInWindow } from './window'

const goneReasons = new Set(['place-taken', 'no-place', 'place-locked'])
const limits = new Set(['referral-limit', 'lapse-limit'])
const shownChanges = 20
const lookAgainAfter = 5000

/** What came of the latest press of a button. */
export type Notice =
  | { kind: 'reserved'; places: readonly string[]; until: number }
  | { kind: 'confirmed'; referrals: readonly string[]; validUntil: number }
  | { kind: 'dropped'; availableAt: number }
  | { kind: 'cancelled'; returnsAt: number }
  | { kind: 'refused'; title: string; detail: string; noneLeft: boolean }
  | { kind: 'lost' }

/** The application that the page plays: where it stands, and what is done in its name. */
class Family {
  parent = $state.raw<Parent | null>(null)
  application = $state.raw<Application | null>(null)
  position = $state<number | null>(null)
  changes = $state.raw<PositionChange[]>([])
  notice = $state.raw<Notice | null>(null)
  busy = $state(false)
  /** How many may take a place in priority access, and whether this is one of them: by the live picture, and without one by the latest look. */
  readonly window = $derived.by(() => {
    const [standing, live, looked] = [this.#standing, city.window, this.application?.window]
    if (standing?.present && live) return { size: live.size, inside: isInWindow(live, standing.lane, standing) }
    return looked ? { size: looked.size, inside: looked.rank <= looked.size } : null
  })

  #standing = $state.raw<Standing | null>(null)
  #asOf = 0
  #looking = 0
  #lookedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    city.follower = { reload: () => void this.look(), changed: (changes, places) => this.#follow(changes, places) }
  }

  /** Plays this parent from now on. */
  async play(parent: Parent | null): Promise<void> {
    this.parent = parent
    this.application = null
    this.position = null
    this.changes = []
    this.notice = null
    this.#standing = null
    await this.look()
  }

  /** Looks the application up. */
  async look(): Promise<void> {
    const turn = ++this.#looking
    this.#lookedAt = clock.read()
    const parent = this.parent
    if (!parent || !city.queue) return
    try {
      const found = await get<Application>(
        `/api/queues/${city.queue}/applications/${encodeURIComponent(parent.application)}`,
        parent.secret,
      )
      if (turn === this.#looking) this.#take(found)
    } catch (fault) {
      if (turn === this.#looking) this.#tell(fault)
    }
  }

  reservePlace(place: string): Promise<void> {
    return this.#reserve({ place })
  }

  reserveAt(kindergarten: string): Promise<void> {
    return this.#reserve({ kindergarten })
  }

  reserveWithSiblings(kindergarten: string): Promise<void> {
    return this.#reserve({ kindergarten, siblings: this.parent?.siblings.map(({ application, secret }) => ({ application, secret })) })
  }

  async confirm(): Promise<void> {
    const won = await this.#press<Referrals>('POST', '/reservation/confirmation')
    if (won) {
      const validUntil = Math.min(...won.referrals.map((r) => Date.parse(r.validUntil)))
      this.notice = { kind: 'confirmed', referrals: won.referrals.map((r) => r.number), validUntil }
    }
  }

  async drop(): Promise<void> {
    const done = await this.#press<{ availableAt: string }>('DELETE', '/reservation')
    if (done) this.notice = { kind: 'dropped', availableAt: Date.parse(done.availableAt) }
  }

  async cancel(): Promise<void> {
    const done = await this.#press<{ returnsAt: string }>('DELETE', '/referral')
    if (done) this.notice = { kind: 'cancelled', returnsAt: Date.parse(done.returnsAt) }
  }

  async #reserve(body: object): Promise<void> {
    const won = await this.#press<Reservation>('POST', '/reservation', body)
    if (won) this.notice = { kind: 'reserved', places: won.places, until: Date.parse(won.until) }
  }

  async #press<T>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<T | null> {
    const parent = this.parent
    if (!parent || this.busy) return null
    this.busy = true
    this.notice = null
    try {
      const answer = await command<T>(method, city.queue, parent.application, parent.secret, path, body)
      await this.look()
      return answer
    } catch (fault) {
      this.#tell(fault)
      // Of a place that was gone the live picture tells more than another question would, in the second in which everybody presses.
      if (!(fault instanceof Problem && goneReasons.has(fault.reason))) await this.look()
      return null
    } finally {
      this.busy = false
    }
  }

  #tell(fault: unknown): void {
    this.notice =
      fault instanceof Problem
        ? { kind: 'refused', title: fault.title, detail: fault.detail, noneLeft: fault.placesAvailable === 0 }
        : { kind: 'lost' }
  }

  #take(found: Application): void {
    this.application = found
    this.changes = found.changes
    this.#standing = standingOf(found)
    this.#asOf = found.standing?.asOf ?? 0
    this.position = found.position
    this.#catchUp(city.recent)
    this.#lookAgainAt(found.reservedUntil ?? found.until ?? limitOf(found)?.until ?? null)
  }

  #follow(changes: LiveUpdate['changes'], places: Place[]): void {
    const number = this.#standing?.number
    const own = changes.some(({ change }) => change.application === number) || places.some((p) => p.place === this.application?.place)
    this.#catchUp(changes)
    // One that does not wait has no standing to follow: the changes of the others are a reason to look now and then.
    const due = this.application && !this.#standing && clock.read() - this.#lookedAt > lookAgainAfter
    if (own || due) void this.look()
  }

  #catchUp(changes: LiveUpdate['changes']): void {
    for (const { number, change } of changes) {
      if (!this.#standing || number <= this.#asOf) continue
      if (number > this.#asOf + 1) {
        void this.look()
        return
      }
      const from = positionOf(this.#standing)
      const own = change.application === this.#standing.number
      this.#standing = after(this.#standing, change)
      this.#asOf = number
      const to = positionOf(this.#standing)
      if (to !== from) {
        const cause = causes[change.cause] ?? 'pattern'
        this.changes = [{ at: new Date(change.at).toISOString(), cause, own, from, to }, ...this.changes].slice(0, shownChanges)
        this.position = to
      }
    }
  }

  /** A reservation that lapses, a referral that expires: the state is another then. */
  #lookAgainAt(instant: string | null): void {
    clearTimeout(this.#timer)
    const wait = instant ? Date.parse(instant) - clock.read() : 0
    if (wait > 0 && wait < 24 * 3_600_000) this.#timer = setTimeout(() => void this.look(), wait + 200)
  }
}

/** The limit of the rules that keeps an application from reserving; null when it is at none. */
export function limitOf(found: Application): Application['window'] {
  return found.window && limits.has(found.window.reason ?? '') ? found.window : null
}

function standingOf(found: Application): Standing | null {
  const standing = found.standing
  return (
    standing && {
      lane: lanes.indexOf(standing.lane),
      submitted: standing.submitted,
      number: standing.number,
      before: [standing.outOfTurn, standing.firstPriority, standing.general],
      counts: [standing.waiting.outOfTurn, standing.waiting.firstPriority, standing.waiting.general],
      pattern: standing.pattern,
      present: true,
    }
  )
}

/** The page's only family. */
export const family = new Family()
