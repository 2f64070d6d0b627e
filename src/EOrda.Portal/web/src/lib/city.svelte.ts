import { get, type Kindergarten, type Kind, type Locality, type QueueEntry } from './api'
import { clock } from './clock.svelte'
import { accesses, placeStates } from './codes'
import { language } from './language.svelte'
import { LiveQueue } from './live'
import type { Lanes, OrderChange } from './standing'
import { countsAfter, type LiveSnapshot, type LiveUpdate, type PlaceTuple } from './updates'
import { windowOf, type Window } from './window'

export type PlaceState = (typeof placeStates)[number]

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

/** Somebody who follows the queue's updates. */
export interface Follower {
  /** Everything may be different: look anew. */
  reload(): void
  /** These changes of the order happened, and these places changed. */
  changed(changes: LiveUpdate['changes'], places: Place[]): void
}

const keptChanges = 5000

/** The locality, the queue that is looked at, and its places while they change. */
class City {
  locality = $state.raw<Locality | null>(null)
  queues = $state.raw<QueueEntry[]>([])
  queue = $state('')
  places = $state.raw<readonly Place[]>([])
  counts = $state.raw<Lanes>([0, 0, 0])
  /** The window of priority access; null while nothing has told it. */
  window = $state.raw<Window | null>(null)
  connected = $state(false)
  loaded = $state(false)

  follower: Follower | null = null
  /** The latest changes of the order, so that one who looked a moment ago can catch up. */
  recent: { number: number; change: OrderChange }[] = []

  #key = ''
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
    connected: (connected) => (this.connected = connected),
  })

  /** Reads what does not change while one looks. */
  async open(): Promise<void> {
    const { localities } = await get<{ localities: string[] }>('/api/localities')
    this.#key = localities[0] ?? ''
    const [locality, { queues }, { kindergartens }] = await Promise.all([
      get<Locality>(`/api/localities/${this.#key}`),
      get<{ queues: QueueEntry[] }>(`/api/localities/${this.#key}/queues`),
      get<{ kindergartens: Kindergarten[] }>(`/api/localities/${this.#key}/kindergartens`),
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

  /** Reads the day's instants anew. */
  async refreshDay(): Promise<void> {
    this.locality = await get<Locality>(`/api/localities/${this.#key}`)
  }

  /** Looks at another queue. */
  async choose(queue: string): Promise<void> {
    this.queue = queue
    this.loaded = false
    this.places = []
    this.window = null
    await this.#live.watch(queue)
  }

  #take(snapshot: LiveSnapshot): void {
    clock.reached(snapshot.t)
    this.places = snapshot.s.map((tuple, number) => placeOf(number, tuple, false))
    this.counts = snapshot.c
    this.window = windowOf(snapshot.i)
    this.recent = []
    this.loaded = true
    this.follower?.reload()
  }

  #apply(update: LiveUpdate): void {
    clock.reached(update.at)
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

/** The page's only city. */
export const city = new City()
