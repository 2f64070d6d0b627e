import { get } from './api'

const samples = 4
const again = 30_000

/** The server's clock as far as the network lets one know it. It never goes back. */
class ServerClock {
  /** The instant, in milliseconds since 1970; moves on at each full second of the server. */
  now = $state(0)

  #offset: number | null = null
  #latest = 0

  /** Synchronises, now and then anew. */
  async start(): Promise<void> {
    await this.#synchronise()
    setInterval(() => void this.#synchronise().catch(() => undefined), again)
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#synchronise().catch(() => undefined)
    })
    this.#tick()
  }

  /** The instant, to the millisecond. */
  read(): number {
    this.#latest = Math.max(this.#latest, performance.now() + (this.#offset ?? 0))
    return this.#latest
  }

  /** Learns that the server has reached an instant. */
  reached(instant: number): void {
    const behind = instant - this.read()
    if (behind > 0) {
      this.#offset = (this.#offset ?? 0) + behind
      this.now = this.read()
    }
  }

  async #synchronise(): Promise<void> {
    let best = Infinity
    let offset = this.#offset
    for (let i = 0; i < samples; i++) {
      const sent = performance.now()
      const { now } = await get<{ now: string }>('/api/time')
      const received = performance.now()
      if (received - sent < best) {
        best = received - sent
        offset = Date.parse(now) - (sent + received) / 2
      }
    }
    this.#offset = offset
    this.now = this.read()
  }

  #tick(): void {
    const now = this.read()
    this.now = now
    setTimeout(() => this.#tick(), 1000 - (now % 1000) + 1)
  }
}

/** The page's only clock. */
export const clock = new ServerClock()
