import {
  get,
  placesOf,
  summaryOf,
  type Kind,
  type Kindergarten,
  type Locality,
  type PlaceEntry,
  type PlaceState,
  type QueueEntry,
} from './api'
import type { Patience } from './asking'
import { clock } from './clock.svelte'
import { accesses, placeStates } from './codes'
import { language } from './language.svelte'
import { LiveQueue } from './live'
import { Polling } from './polling'
import type { Lanes, OrderChange } from './standing'
import { countsAfter, type LiveSnapshot, type LiveUpdate, type PlaceTuple } from './updates'
import { windowOf, type Window } from './window'

export interface Place {
  readonly number: number
  readonly place: string
  readonly kindergarten: string
  readonly state: PlaceState
  readonly priority: boolean
  readonly from: number | null
  /** Whether it changed while one looked. */
  readonly moved: boolean
}

/** What a kindergarten is called in the page's language, and where it is. */
export interface NamedKindergarten {
  readonly name: string | null
  readonly address: string | null
}

/** How news of the queue comes: not yet, by itself, by asking every other second, not at all. */
export type Link = 'connecting' | 'live' | 'asking' | 'silent'

/** Somebody who follows the queue's updates. */
export interface Follower {
  /** Everything may be different: look anew. */
  reload(): void
  /** Nothing comes by itself: look anew, and say when that is done. */
  lookAlong(patience: Patience): Promise<void>
  /** These changes of the order happened, and these places changed. */
  changed(changes: LiveUpdate['changes'], places: Place[]): void
}

const keptChanges = 5000
// Milliseconds. A watch is given so long before the page asks by itself, and not everybody whose watch ends asks at once.
const headStart = 1200

/** The locality, the queue that is looked at, and its places while they change. */
class City {
  locality = $state.raw<Locality | null>(null)
  queues = $state.raw<QueueEntry[]>([])
  queue = $state('')
  /** The queue's places in the order of their numbers; null while they are not known. */
  places = $state.raw<readonly Place[] | null>(null)
  /** How many wait in each lane; null while that is not known. */
  counts = $state.raw<Lanes | null>(null)
  /** The window of priority access as the live updates tell it; null while nothing comes by itself. */
  window = $state.raw<Window | null>(null)
  link = $state<Link>('connecting')
  /** The instant of the latest news of the queue; null before the first. */
  asOf = $state<number | null>(null)

  follower: Follower | null = null
  /** The latest changes of the order, so that one who looked a moment ago can catch up. */
  recent: { number: number; change: OrderChange }[] = []

  #key = ''
  #refreshing = false
  #known = $state.raw<readonly Kindergarten[]>([])
  readonly kindergartens: ReadonlyMap<string, NamedKindergarten> = $derived(
    new Map(
      this.#known.map((k) => [
        k.kindergarten,
        { name: k.name?.[language.current] ?? null, address: k.address?.[language.current] ?? null },
      ]),
    ),
  )
  /** The kind of the queue that is looked at. */
  readonly kind: Kind | null = $derived(this.queues.find((q) => q.queue === this.queue)?.kind ?? null)
  readonly #live = new LiveQueue({
    snapshot: (snapshot) => this.#take(snapshot),
    update: (update) => this.#apply(update),
    lost: () => this.#ask(),
  })
  readonly #polling = new Polling(
    (patience) => this.#askOnce(patience),
    (failures) => {
      if (failures > 0) this.link = 'silent'
    },
  )

  /** Reads what does not change while one looks, however long the portal is silent. */
  async open(waits: (failures: number) => void): Promise<void> {
    const patience = { milliseconds: Infinity, waits }
    const { localities } = await get<{ localities: string[] }>('/api/localities', patience)
    this.#key = localities[0] ?? ''
    const [locality, { queues }, { kindergartens }] = await Promise.all([
      get<Locality>(`/api/localities/${this.#key}`, patience),
      get<{ queues: QueueEntry[] }>(`/api/localities/${this.#key}/queues`, patience),
      get<{ kindergartens: Kindergarten[] }>(`/api/localities/${this.#key}/kindergartens`, patience),
    ])
    this.locality = locality
    this.queues = queues
    this.#known = kindergartens
  }

  /** Whether nothing is reserved at an instant, shortly before the places open. */
  frozenAt(instant: number): boolean {
    const day = this.locality
    return day !== null && instant >= Date.parse(day.freezeFrom) && instant < Date.parse(day.release)
  }

  /** Reads the day's instants anew, once at a time. */
  async refreshDay(): Promise<void> {
    if (this.#refreshing) return
    this.#refreshing = true
    try {
      this.locality = await get<Locality>(`/api/localities/${this.#key}`)
    } finally {
      this.#refreshing = false
    }
  }

  /** Looks at another queue. */
  choose(queue: string): void {
    this.queue = queue
    this.places = null
    this.counts = null
    this.window = null
    this.asOf = null
    this.recent = []
    this.link = 'connecting'
    this.#polling.stop()
    this.#live.watch(queue)
    this.#polling.start(headStart)
  }

  /** The watch has ended or does not begin: asks instead. */
  #ask(): void {
    if (this.link === 'live') this.link = 'silent'
    this.#polling.start(Math.random() * headStart)
  }

  async #askOnce(patience: Patience): Promise<void> {
    const queue = this.queue
    const [summary, entries] = await Promise.all([summaryOf(queue, patience), placesOf(queue, patience)])
    if (patience.signal?.aborted || queue !== this.queue) return
    this.#heard(Date.parse(summary.at), 'asking')
    const { outOfTurn, firstPriority, general } = summary.waiting
    this.counts = [outOfTurn, firstPriority, general]
    this.places = withMoved(this.places, entries.map(placeIn))
    await this.follower?.lookAlong(patience)
    // The application has just told where it stands in the window; what the live updates told is older.
    if (!patience.signal?.aborted) this.window = null
  }

  #take(snapshot: LiveSnapshot): void {
    if (snapshot.q !== this.queue) return
    this.#polling.stop()
    this.#heard(snapshot.t, 'live')
    this.places = withMoved(
      this.places,
      snapshot.s.map((tuple, number) => placeOf(number, tuple, false)),
    )
    this.counts = snapshot.c
    this.window = windowOf(snapshot.i)
    this.recent = []
    this.follower?.reload()
  }

  #apply(update: LiveUpdate): void {
    if (!this.places || !this.counts) return
    this.#heard(update.at, 'live')
    const places = [...this.places]
    const changed = update.places.map(({ number, tuple, names }) => {
      const known = places[number]
      const [place, kindergarten] = names ?? [known?.place ?? '', known?.kindergarten ?? '']
      return (places[number] = placeOf(number, [...tuple, place, kindergarten], true))
    })
    const changes = update.changes
    this.places = places
    this.counts = countsAfter(this.counts, changes)
    this.window = update.window
    this.recent = [...this.recent, ...changes].slice(-keptChanges)
    this.follower?.changed(changes, changed)
  }

  #heard(at: number, link: Link): void {
    clock.reached(at)
    this.asOf = clock.read()
    this.link = link
  }
}

function placeOf(number: number, [state, access, from, place, kindergarten]: PlaceTuple, moved: boolean): Place {
  return {
    number,
    place,
    kindergarten,
    state: placeStates[state] ?? 'revoked',
    priority: access === accesses.indexOf('priority'),
    from,
    moved,
  }
}

function placeIn({ number, place, kindergarten, state, access, from }: PlaceEntry): Place {
  return {
    number,
    place,
    kindergarten,
    state,
    priority: access === 'priority',
    from: from === null ? null : Date.parse(from),
    moved: false,
  }
}

/** What changed while one looked stays in sight, also when the whole picture comes anew. */
function withMoved(before: readonly Place[] | null, now: Place[]): Place[] {
  return before ? now.map((place, i) => ({ ...place, moved: before[i] ? before[i].moved || before[i].state !== place.state : true })) : now
}

/** The page's only city. */
export const city = new City()
