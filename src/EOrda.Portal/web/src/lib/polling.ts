import { paused, type Patience } from './asking'

// Milliseconds between two rounds: never everybody at once.
const shortestRound = 1000
const longestRound = 2000

/** Asks again and again for what does not come by itself. */
export class Polling {
  readonly #round: (patience: Patience) => Promise<void>
  readonly #waits: (failures: number) => void
  #ending: AbortController | null = null

  /** `round` asks once for everything; `waits` is told when it gets no answer. */
  constructor(round: (patience: Patience) => Promise<void>, waits: (failures: number) => void) {
    this.#round = round
    this.#waits = waits
  }

  /** Begins after so many milliseconds, unless it has begun. */
  start(after: number): void {
    if (this.#ending) return
    this.#ending = new AbortController()
    void this.#run(after, this.#ending.signal)
  }

  stop(): void {
    this.#ending?.abort()
    this.#ending = null
  }

  async #run(after: number, signal: AbortSignal): Promise<void> {
    await paused(after, signal)
    while (!signal.aborted) {
      try {
        await this.#round({ milliseconds: Infinity, signal, waits: this.#waits })
      } catch {
        if (!signal.aborted) this.#waits(1)
      }
      await paused(shortestRound + Math.random() * (longestRound - shortestRound), signal)
      await shown(signal)
    }
  }
}

/** Waits until somebody looks at the page. */
function shown(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      if (document.hidden && !signal.aborted) return
      document.removeEventListener('visibilitychange', end)
      signal.removeEventListener('abort', end)
      done()
    }
    document.addEventListener('visibilitychange', end)
    signal.addEventListener('abort', end)
    end()
  })
}
