import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr'
import type { OrderChange } from './standing'

/** A place as the live updates tell it: state, access, from, and for a new one its names. */
export type PlaceTuple = [state: number, access: number | null, from: number | null, place: string, kindergarten: string]

export interface LiveSnapshot {
  q: string
  n: number
  t: number
  c: [number, number, number]
  p: [number, number, number]
  x: number
  s: PlaceTuple[]
}

export interface LiveUpdate {
  q: string
  n: number
  t: number
  c: [number, number, number]
  h: number
  x: number
  d: [number, number, number, number, number, number][]
  s: [number: number, state: number, access: number | null, from: number | null, place?: string, kindergarten?: string][]
  r?: true
}

/** What a watch tells. */
export interface Watcher {
  snapshot(snapshot: LiveSnapshot): void
  update(update: LiveUpdate): void
  connected(connected: boolean): void
}

/** The order's changes of an update, each with its number. */
export function changesOf(update: LiveUpdate): { number: number; change: OrderChange }[] {
  return update.d.map(([at, cause, application, submitted, lane, step], i) => ({
    number: update.x + i,
    change: { at, cause, application, submitted, lane, step },
  }))
}

const longestWait = 10_000

/**
 * Watches one queue at a time. Updates are handed on in the order of their numbers; when one was missed, a fresh snapshot is.
 */
export class LiveQueue {
  readonly #connection: HubConnection
  readonly #watcher: Watcher
  #queue = ''
  #number: number | null = null
  #early: LiveUpdate[] = []
  #turn = 0

  constructor(watcher: Watcher) {
    this.#watcher = watcher
    this.#connection = new HubConnectionBuilder()
      .withUrl('/live', { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => waitAfter(previousRetryCount) })
      .configureLogging(LogLevel.None)
      .build()
    this.#connection.on('update', (update: LiveUpdate) => this.#receive(update))
    this.#connection.onreconnecting(() => watcher.connected(false))
    this.#connection.onreconnected(() => void this.#begin('Watch'))
  }

  /** Watches this queue from now on. */
  async watch(queue: string): Promise<void> {
    const former = this.#queue
    this.#queue = queue
    await this.#connect()
    if (former && former !== queue) await this.#connection.invoke('Unwatch', former).catch(() => undefined)
    await this.#begin('Watch')
  }

  async #connect(): Promise<void> {
    for (let attempt = 0; this.#connection.state === HubConnectionState.Disconnected; attempt++) {
      try {
        await this.#connection.start()
      } catch {
        this.#watcher.connected(false)
        await new Promise((done) => setTimeout(done, waitAfter(attempt)))
      }
    }
  }

  /** Takes a snapshot; what comes meanwhile is kept. */
  async #begin(method: 'Watch' | 'Snapshot'): Promise<void> {
    const turn = ++this.#turn
    this.#number = null
    this.#early = []
    for (let attempt = 0; turn === this.#turn && this.#connection.state === HubConnectionState.Connected; attempt++) {
      try {
        const snapshot = await this.#connection.invoke<LiveSnapshot>(method, this.#queue)
        if (turn !== this.#turn) return
        this.#number = snapshot.n
        this.#watcher.snapshot(snapshot)
        this.#watcher.connected(true)
        const early = this.#early
        this.#early = []
        early.forEach((update) => this.#receive(update))
        return
      } catch {
        await new Promise((done) => setTimeout(done, waitAfter(attempt)))
      }
    }
  }

  #receive(update: LiveUpdate): void {
    if (update.q !== this.#queue) return
    if (this.#number === null) {
      this.#early.push(update)
    } else if (update.n > this.#number) {
      if (update.r || update.n !== this.#number + 1) {
        void this.#begin('Snapshot')
      } else {
        this.#number = update.n
        this.#watcher.update(update)
      }
    }
  }
}

function waitAfter(attempt: number): number {
  return Math.min(longestWait, 250 * 2 ** attempt) * (0.5 + Math.random())
}
