import {
  look,
  pressOf,
  send,
  type Application,
  type Parent,
  type PositionChange,
  type Press,
  type Referrals,
  type Reservation,
} from './api'
import { paused, Problem, Unanswered, type Patience } from './asking'
import { city, type Place } from './city.svelte'
import { clock } from './clock.svelte'
import { causes, lanes } from './codes'
import { forgetFamily, rememberedFamily, rememberFamily, type Hold } from './remembered'
import { after, positionOf, type Standing } from './standing'
import type { LiveUpdate } from './updates'
import { isInWindow } from './window'

const goneReasons = new Set(['place-taken', 'no-place', 'place-locked'])
const limits = new Set(['referral-limit', 'lapse-limit'])
const shownChanges = 20
// Milliseconds.
const lookAgainAfter = 5000
const longestLookAfterPress = 3000
const lastMinute = 60_000

/** What came of the latest press of a button, or what has become of the place that is held. */
export type Notice =
  | { kind: 'waiting' }
  | { kind: 'reserved'; places: readonly string[]; until: number }
  | { kind: 'confirmed'; referrals: readonly string[]; validUntil: number }
  | { kind: 'dropped'; availableAt: number }
  | { kind: 'cancelled'; returnsAt: number }
  | { kind: 'refused'; title: string; detail: string; noneLeft: boolean }
  /** Nobody knows whether the press was decided. */
  | { kind: 'unknown' }
  /** It was unknown whether a press was decided; now the application shows it. */
  | { kind: 'settled'; decided: boolean }
  | { kind: 'lapsed'; place: string }
  /** The hold ended before its time, and not from this page. */
  | { kind: 'ended'; place: string }

/** A press without an answer, and how one sees of the application that it was decided. */
interface OpenPress {
  press: Press
  decided: (found: Application) => boolean
}

/** The application that the page plays: where it stands, and what is done in its name. */
class Family {
  parent = $state.raw<Parent | null>(null)
  /** The application; null while nothing is known of it. */
  application = $state.raw<Application | null>(null)
  position = $state<number | null>(null)
  changes = $state.raw<PositionChange[]>([])
  notice = $state.raw<Notice | null>(null)
  busy = $state(false)
  /** The place that is held for less than a minute more. */
  endsSoon = $state<string | null>(null)
  /** How many may take a place in priority access, and whether this is one of them: by the live picture, and without one by the latest look. */
  readonly window = $derived.by(() => {
    const [standing, live, looked] = [this.#standing, city.window, this.application?.window]
    if (standing?.present && live) return { size: live.size, inside: isInWindow(live, standing.lane, standing) }
    return looked ? { size: looked.size, inside: looked.rank <= looked.size } : null
  })

  #standing = $state.raw<Standing | null>(null)
  #asOf = 0
  #lookedAt = 0
  #lookAt: number | null = null
  #looking: AbortController | null = null
  #pressing = 0
  #open: OpenPress | null = null
  #hold: Hold | null = null

  constructor() {
    city.follower = {
      reload: () => void this.look(),
      lookAlong: (patience) => this.look(patience),
      changed: (changes, places) => this.#follow(changes, places),
    }
  }

  /** Comes to a queue: plays the application that was played in it in this tab, if one was. */
  enter(queue: string): void {
    const remembered = rememberedFamily()
    if (remembered?.queue === queue) {
      this.#become(remembered.parent)
      this.#hold = remembered.hold
      void this.look()
    } else {
      this.#become(null)
    }
  }

  /** Plays this parent from now on, also when the page is opened anew in this tab. */
  play(parent: Parent): void {
    this.#become(parent)
    this.#remember()
    void this.look()
  }

  /** Knows nobody any more. */
  forget(): void {
    this.#become(null)
    forgetFamily()
  }

  /** Looks the application up; a later look takes the place of an earlier one. */
  async look(patience: Patience = { milliseconds: Infinity }): Promise<void> {
    this.#looking?.abort()
    const parent = this.parent
    if (!parent || !city.queue) return
    const looking = (this.#looking = new AbortController())
    const abort = () => looking.abort()
    patience.signal?.addEventListener('abort', abort)
    this.#lookedAt = clock.read()
    try {
      const found = await look(city.queue, parent, { ...patience, signal: looking.signal })
      if (!looking.signal.aborted) this.#take(found)
    } catch (fault) {
      if (!looking.signal.aborted && fault instanceof Problem) {
        // Not this number, or not this secret: there is nobody to play.
        this.forget()
        this.#tell(fault)
      }
    } finally {
      patience.signal?.removeEventListener('abort', abort)
    }
  }

  /** The server's clock has come to an instant: a hold may lapse, a referral may expire. */
  reached(now: number): void {
    const hold = this.#hold
    if (hold && now >= hold.until) {
      if (!this.busy && !this.#open) this.#lapse(hold)
    } else if (hold && hold.until - now <= lastMinute) {
      this.endsSoon = hold.place
    }
    if (this.#lookAt !== null && now >= this.#lookAt) {
      this.#lookAt = null
      void this.look()
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

  confirm(): Promise<void> {
    return this.#press<Referrals>(
      pressOf('POST', '/reservation/confirmation'),
      ({ referrals }) => ({
        kind: 'confirmed',
        referrals: referrals.map((r) => r.number),
        validUntil: Math.min(...referrals.map((r) => Date.parse(r.validUntil))),
      }),
      (found) => found.status === 'referred',
    )
  }

  drop(): Promise<void> {
    return this.#press<{ availableAt: string }>(
      pressOf('DELETE', '/reservation'),
      (done) => ({ kind: 'dropped', availableAt: Date.parse(done.availableAt) }),
      (found) => found.reservedUntil === null,
    )
  }

  cancel(): Promise<void> {
    return this.#press<{ returnsAt: string }>(
      pressOf('DELETE', '/referral'),
      (done) => ({ kind: 'cancelled', returnsAt: Date.parse(done.returnsAt) }),
      (found) => found.status !== 'referred',
    )
  }

  #reserve(body: object): Promise<void> {
    return this.#press<Reservation>(
      pressOf('POST', '/reservation', body),
      (won) => {
        this.#won(won)
        return { kind: 'reserved', places: won.places, until: Date.parse(won.until) }
      },
      (found) => found.reservedUntil !== null,
    )
  }

  async #press<T>(fresh: Press, tell: (answer: T) => Notice, decided: (found: Application) => boolean): Promise<void> {
    const parent = this.parent
    if (!parent || this.busy) return
    const press = this.#open && isSame(this.#open.press, fresh) ? this.#open.press : fresh
    const turn = ++this.#pressing
    this.busy = true
    this.notice = null
    try {
      const answer = await send<T>(city.queue, parent, press, () => {
        if (turn === this.#pressing) this.notice = { kind: 'waiting' }
      })
      if (turn !== this.#pressing) return
      this.#open = null
      this.#holds(null)
      this.notice = tell(answer)
      await this.#lookNow()
    } catch (fault) {
      if (turn !== this.#pressing) return
      this.#open = fault instanceof Unanswered ? { press, decided } : null
      this.#tell(fault)
      // What is unknown the application shows, as soon as the portal answers at all: nobody is kept waiting for that.
      if (this.#open) void this.look()
      // Of a place that was gone the live picture tells more than another question would, in the second in which everybody presses.
      else if (!(fault instanceof Problem && goneReasons.has(fault.reason))) await this.#lookNow()
    } finally {
      if (turn === this.#pressing) this.busy = false
    }
  }

  /** The answer tells of the hold; the page shows it even if it hears nothing more. */
  #won({ places: [place], until }: Reservation): void {
    if (!place || !this.application) return
    this.application = { ...this.application, place, reservedUntil: until }
    this.#holds({ place, until: Date.parse(until) })
  }

  async #lookNow(): Promise<void> {
    await Promise.race([this.look(), paused(longestLookAfterPress)])
  }

  #tell(fault: unknown): void {
    this.notice =
      fault instanceof Problem
        ? { kind: 'refused', title: fault.title, detail: fault.detail, noneLeft: fault.placesAvailable === 0 }
        : { kind: 'unknown' }
  }

  #become(parent: Parent | null): void {
    this.#looking?.abort()
    this.#pressing++
    this.parent = parent
    this.application = null
    this.position = null
    this.changes = []
    this.notice = null
    this.busy = false
    this.endsSoon = null
    this.#standing = null
    this.#lookAt = null
    this.#open = null
    this.#hold = null
  }

  #remember(): void {
    if (this.parent) rememberFamily({ queue: city.queue, parent: this.parent, hold: this.#hold })
  }

  #take(found: Application): void {
    this.application = found
    this.changes = found.changes
    this.#standing = standingOf(found)
    this.#asOf = found.standing?.asOf ?? 0
    this.position = found.position
    this.#catchUp(city.recent)
    this.#lookAgainAt(found.reservedUntil ?? found.until ?? limitOf(found)?.until ?? null)
    const before = this.#hold
    this.#holds(
      found.reservedUntil !== null && found.place !== null ? { place: found.place, until: Date.parse(found.reservedUntil) } : null,
    )
    if (this.#open) {
      this.notice = { kind: 'settled', decided: this.#open.decided(found) }
      this.#open = null
    } else if (before && !this.#hold && !this.busy) {
      this.#tellEnd(before, found)
    }
  }

  /** The server's clock says that the hold is over; no question is needed to know that. */
  #lapse(hold: Hold): void {
    if (this.application) this.application = { ...this.application, place: null, reservedUntil: null }
    this.#holds(null)
    this.notice = { kind: 'lapsed', place: hold.place }
    void this.look()
  }

  #holds(hold: Hold | null): void {
    if (hold?.until !== this.#hold?.until || hold === null) this.endsSoon = null
    this.#hold = hold
    this.#remember()
  }

  #tellEnd(hold: Hold, found: Application): void {
    if (found.status === 'waiting') this.notice = { kind: clock.read() >= hold.until ? 'lapsed' : 'ended', place: hold.place }
    else if (this.notice?.kind === 'reserved') this.notice = null
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
    this.#lookAt = instant !== null && Date.parse(instant) > clock.read() ? Date.parse(instant) : null
  }
}

/** The limit of the rules that keeps an application from reserving; null when it is at none. */
export function limitOf(found: Application): Application['window'] {
  return found.window && limits.has(found.window.reason ?? '') ? found.window : null
}

function isSame(one: Press, other: Press): boolean {
  return one.method === other.method && one.path === other.path && one.body === other.body
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
