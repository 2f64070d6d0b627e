import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr'
import { after, read, type Basis, type LiveSnapshot, type LiveUpdate, type WireUpdate } from './updates'
import { noWindow, windowOf } from './window'

/** What a watch tells. */
export interface Watcher {
  snapshot(snapshot: LiveSnapshot): void
  update(update: LiveUpdate): void
  connected(connected: boolean): void
}

/** What a call gives that cannot be answered (docs/api.md). */
interface LiveRefusal {
  refused: string
}

const longestWait = 10_000

// Milliseconds. The portal gives a browser up that has said nothing for 90 seconds (docs/api.md).
const pingEvery = 30_000
const silentTooLong = 90_000

// Updates kept while a snapshot is under way: the latest ones, which show whether something is missing between.
const mostEarly = 256

/**
 * Watches one queue at a time. Updates are handed on in the order of their numbers; when one was missed, a fresh snapshot is.
 */
export class LiveQueue {
  readonly #connection: HubConnection
  readonly #watcher: Watcher
  #queue = ''
  #feed = 0
  #number: number | null = null
  #basis: Basis = { beginning: 0, window: noWindow, change: 0, places: 0 }
  #early: WireUpdate[] = []
  #turn = 0

  constructor(watcher: Watcher) {
    this.#watcher = watcher
    this.#connection = new HubConnectionBuilder()
      .withUrl('/live', { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => waitAfter(previousRetryCount) })
      .withKeepAliveInterval(pingEvery)
      .withServerTimeout(silentTooLong)
      .configureLogging(LogLevel.None)
      .build()
    this.#connection.on('update', (...updates: WireUpdate[]) => updates.forEach((update) => this.#receive(update)))
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
        const snapshot = await this.#connection.invoke<LiveSnapshot | LiveRefusal>(method, this.#queue)
        if (turn !== this.#turn) return
        if ('refused' in snapshot) throw new Error(snapshot.refused)
        this.#feed = snapshot.f
        this.#number = snapshot.n
        this.#basis = { beginning: snapshot.b, window: windowOf(snapshot.i), change: snapshot.x, places: snapshot.s.length }
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

  #receive(update: WireUpdate): void {
    if (this.#number === null) {
      this.#early.push(update)
      if (this.#early.length > mostEarly) this.#early.shift()
    } else if (update.f === this.#feed && update.n > this.#number) {
      if (update.r || update.n !== this.#number + 1) {
        void this.#begin('Snapshot')
      } else {
        this.#number = update.n
        const told = read(update, this.#basis)
        this.#basis = after(told, this.#basis)
        this.#watcher.update(told)
      }
    }
  }
}

function waitAfter(attempt: number): number {
  return Math.min(longestWait, 250 * 2 ** attempt) * (0.5 + Math.random())
}
