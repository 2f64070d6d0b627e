import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr'
import { paused } from './asking'
import { after, read, type Basis, type LiveSnapshot, type LiveUpdate, type WireUpdate } from './updates'
import { noWindow, windowOf } from './window'

/** What a watch tells. */
export interface Watcher {
  snapshot(snapshot: LiveSnapshot): void
  update(update: LiveUpdate): void
  /** Nothing comes by itself any more, or nothing comes yet. */
  lost(): void
}

/** What a call gives that cannot be answered (docs/api.md). */
interface LiveRefusal {
  refused: string
}

// Milliseconds. A connection, or an answer on it, that takes longer is given up: some networks swallow them without a word.
const longestAnswer = 8000
const longestWait = 10_000

// Milliseconds. The portal pings every 17 to 20 seconds, and gives a browser up that has said nothing for 90 (docs/api.md).
const pingEvery = 30_000
const silentTooLong = 45_000

// Updates kept while a snapshot is under way: the latest ones, which show whether something is missing between.
const mostEarly = 256

/** A WebSocket that is given up when it does not open in time. SignalR would wait for the browser, which waits for minutes. */
class ImpatientSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    const timer = setTimeout(() => this.close(), longestAnswer)
    this.addEventListener('open', () => clearTimeout(timer))
    this.addEventListener('close', () => clearTimeout(timer))
  }
}

/**
 * Watches one queue at a time, and never gives up. Updates are handed on in the order of their numbers; when one was missed, a fresh snapshot is.
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
  #running = false
  #ended: () => void = () => undefined

  constructor(watcher: Watcher) {
    this.#watcher = watcher
    // SignalR takes the constructor, though its types do not say so.
    const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket: ImpatientSocket }
    this.#connection = new HubConnectionBuilder()
      .withUrl('/live', options)
      .withKeepAliveInterval(pingEvery)
      .withServerTimeout(silentTooLong)
      .configureLogging(LogLevel.None)
      .build()
    this.#connection.on('update', (...updates: WireUpdate[]) => updates.forEach((update) => this.#receive(update)))
    this.#connection.onclose(() => this.#ended())
  }

  /** Watches this queue from now on. */
  watch(queue: string): void {
    const former = this.#queue
    this.#queue = queue
    if (!this.#running) {
      this.#running = true
      void this.#run()
    } else if (former !== queue && this.#connection.state === HubConnectionState.Connected) {
      void this.#connection.invoke('Unwatch', former).catch(() => undefined)
      void this.#begin('Watch')
    }
  }

  /** Connects and watches, again and again. */
  async #run(): Promise<void> {
    for (let failures = 0; ; failures++) {
      const ended = new Promise<void>((done) => (this.#ended = done))
      try {
        await this.#within(this.#connection.start())
        if (await this.#begin('Watch')) failures = 0
        await ended
      } catch {
        // Refused, or not answered in time: as good as an end.
      }
      this.#turn++
      this.#watcher.lost()
      await paused(waitAfter(failures))
    }
  }

  /** Takes a snapshot; what comes meanwhile is kept. False where another turn came between or the connection ended. */
  async #begin(method: 'Watch' | 'Snapshot'): Promise<boolean> {
    const turn = ++this.#turn
    this.#number = null
    this.#early = []
    for (let failures = 0; turn === this.#turn && this.#connection.state === HubConnectionState.Connected; failures++) {
      try {
        const snapshot = await this.#within(this.#connection.invoke<LiveSnapshot | LiveRefusal>(method, this.#queue))
        if (turn !== this.#turn) return false
        if ('refused' in snapshot) throw new Error(snapshot.refused)
        this.#feed = snapshot.f
        this.#number = snapshot.n
        this.#basis = { beginning: snapshot.b, window: windowOf(snapshot.i), change: snapshot.x, places: snapshot.s.length }
        this.#watcher.snapshot(snapshot)
        const early = this.#early
        this.#early = []
        early.forEach((update) => this.#receive(update))
        return true
      } catch {
        // Refused. Whatever the refusal says, the next attempt is the same.
        await paused(waitAfter(failures))
      }
    }
    return false
  }

  /** Ends the connection when an answer on it takes too long. */
  async #within<T>(answer: Promise<T>): Promise<T> {
    const timer = setTimeout(() => void this.#connection.stop(), longestAnswer)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
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

function waitAfter(failures: number): number {
  return Math.min(longestWait, 250 * 2 ** failures) * (0.5 + Math.random())
}
