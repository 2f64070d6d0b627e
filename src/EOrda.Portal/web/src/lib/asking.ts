/** A refusal or a failure, as the portal told it. */
export class Problem extends Error {
  constructor(
    readonly reason: string,
    readonly title: string,
    readonly detail: string,
    readonly status: number,
    /** How many places the queue has left; null when the portal does not say. */
    readonly placesAvailable: number | null = null,
  ) {
    super(reason)
  }
}

/** Asked as often as patience allowed, and nobody knows what became of it. */
export class Unanswered extends Error {}

/** How long one goes on asking. */
export interface Patience {
  /** For how many milliseconds; `Infinity` for ever. */
  readonly milliseconds: number
  /** Ends the asking. */
  readonly signal?: AbortSignal
  /** Told when the answer is slow to come (0), and after each attempt that gave none (1, 2, …). */
  readonly waits?: (failures: number) => void
}

// Milliseconds. An attempt that has no answer by then is given up; each further one may take longer, for a slow network.
const firstAttempt = 3000
const longestAttempt = 12_000
const attemptGrows = 1.5
const slow = 1000
const shortestPause = 250
const longestPause = 5000
// No answer may keep anybody away for longer, whatever its Retry-After says.
const longestObeyed = 30_000

/** The portal says of these that nothing was decided. */
const undecided = new Set(['busy', 'starting', 'too-many-requests', 'not-recorded'])

/** An answer that says nothing of what was asked: ask again, not before so many milliseconds. */
class Later extends Error {
  constructor(
    readonly after: number,
    readonly problem: Problem | null,
  ) {
    super('later')
  }
}

/**
 * Asks until there is an answer: the same request again after no answer, and after one that says "later", not before its Retry-After. A command in it
 * carries its key, so it is decided once. Throws a `Problem` that the portal answered, or `Unanswered`.
 */
export async function ask<T>(path: string, request: RequestInit, read: (response: Response) => Promise<T>, patience: Patience): Promise<T> {
  const end = performance.now() + patience.milliseconds
  const impatient = setTimeout(() => patience.waits?.(0), slow)
  let told: Problem | null = null
  try {
    for (let failures = 0; ;) {
      const limit = Math.min(longestAttempt, firstAttempt * attemptGrows ** failures, end - performance.now())
      let pause = pauseAfter(failures)
      let asked = 0
      try {
        return await once(path, request, read, limit, patience.signal)
      } catch (fault) {
        if (fault instanceof Problem || patience.signal?.aborted) throw fault
        const later = fault instanceof Later ? fault : null
        // Once it was not clear whether an attempt was decided, no other attempt's answer makes that clear but a decision.
        told = later?.problem && undecided.has(later.problem.reason) && (failures === 0 || told) ? later.problem : null
        asked = later?.after ?? 0
        pause = Math.max(pause, asked)
      }
      failures++
      clearTimeout(impatient)
      patience.waits?.(failures)
      if (performance.now() + pause >= end) throw told ?? new Unanswered()
      await paused(pause, patience.signal, asked)
    }
  } finally {
    clearTimeout(impatient)
  }
}

async function once<T>(
  path: string,
  request: RequestInit,
  read: (response: Response) => Promise<T>,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const attempt = new AbortController()
  const abort = () => attempt.abort()
  const timer = setTimeout(abort, limit)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  try {
    const response = await fetch(path, { ...request, cache: 'no-store', signal: attempt.signal })
    if (response.ok || response.status === 304) return await read(response)
    throw await problemOf(response)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** What an answer other than yes means. One that the portal did not write (a proxy's, a hotel's) is as good as none. */
async function problemOf(response: Response): Promise<Problem | Later> {
  const after = Math.min(longestObeyed, 1000 * (Number(response.headers.get('Retry-After')) || 0))
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return new Later(after, null)
  const told = (await response.json()) as { reason: string; title: string; detail: string }
  const available = response.headers.get('Places-Available')
  const problem = new Problem(told.reason, told.title, told.detail, response.status, available === null ? null : Number(available))
  const passing = response.status === 408 || response.status === 429 || response.status >= 500
  return passing ? new Later(after, problem) : problem
}

/** How long to wait after so many failures before asking again: longer each time, never all at once. */
export function pauseAfter(failures: number): number {
  return Math.min(longestPause, shortestPause * 2 ** failures) * (0.5 + Math.random())
}

/** Waits, but no longer than it is wanted; and where the phone finds its network again, only for the least time. */
export function paused(milliseconds: number, signal?: AbortSignal, least = 0): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      globalThis.removeEventListener?.('online', online)
      signal?.removeEventListener('abort', end)
      done()
    }
    const online = () => {
      if (performance.now() - begun >= least) end()
    }
    const begun = performance.now()
    const timer = setTimeout(end, milliseconds)
    globalThis.addEventListener?.('online', online)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}
