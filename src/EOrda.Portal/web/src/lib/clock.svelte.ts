import { pauseAfter, paused } from './asking'
import { get } from './api'

const samples = 4
const again = 30_000
// Milliseconds. One question is one sample: asked again it would not tell how long the way took.
const samplePatience = 3000

/** The server's clock as far as the network lets one know it. It never goes back. */
class ServerClock {
  /** The instant, in milliseconds since 1970; moves on at each full second of the server. Meaningless until known. */
  now = $state(0)
  /** Whether the server's clock is known. */
  known = $state(false)

  #offset: number | null = null
  #latest = 0

  /** Synchronises, now and then anew. Ends when the clock is known, however long the portal is silent. */
  async start(waits: (failures: number) => void): Promise<void> {
    for (let failures = 0; !(await this.#synchronise(1));) {
      waits(++failures)
      await paused(pauseAfter(failures))
    }
    this.known = true
    this.#tick()
    void this.#synchronise(samples - 1)
    setInterval(() => void this.#synchronise(samples), again)
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#synchronise(samples)
    })
    addEventListener('pageshow', () => void this.#synchronise(samples))
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

  /** Takes so many samples and goes by the quickest. False where none came. */
  async #synchronise(count: number): Promise<boolean> {
    let best = Infinity
    for (let i = 0; i < count; i++) {
      const sent = performance.now()
      try {
        const { now } = await get<{ now: string }>('/api/time', { milliseconds: samplePatience })
        const received = performance.now()
        if (received - sent < best) {
          best = received - sent
          this.#offset = Date.parse(now) - (sent + received) / 2
        }
      } catch {
        break
      }
    }
    if (best === Infinity) return false
    this.now = this.read()
    return true
  }

  #tick(): void {
    const now = this.read()
    this.now = now
    setTimeout(() => this.#tick(), 1000 - (now % 1000) + 1)
  }
}

/** The page's only clock. */
export const clock = new ServerClock()
