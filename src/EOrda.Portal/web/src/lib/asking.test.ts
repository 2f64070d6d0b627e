import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, Problem, Unanswered } from './asking'

const json = (response: Response) => response.json() as Promise<{ n: number }>
const yes = () => Promise.resolve(Response.json({ n: 7 }))
const silent = (_: string, request: RequestInit) =>
  new Promise<Response>((_, fail) => request.signal?.addEventListener('abort', () => fail(new DOMException('aborted', 'AbortError'))))

function problem(status: number, reason: string, headers: Record<string, string> = {}) {
  return () =>
    Promise.resolve(
      new Response(JSON.stringify({ reason, title: reason, detail: '', status }), {
        status,
        headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...headers },
      }),
    )
}

/** Answers the first attempts in turn, and every further one as the last of them. */
function network(...answers: ((path: string, request: RequestInit) => Promise<Response>)[]) {
  const sent: { at: number; key: string }[] = []
  let turn = 0
  vi.stubGlobal('fetch', (path: string, request: RequestInit) => {
    sent.push({ at: performance.now(), key: (request.headers as Record<string, string>)['Idempotency-Key'] ?? '' })
    return (answers[Math.min(turn++, answers.length - 1)] ?? yes)(path, request)
  })
  return sent
}

const press = { method: 'POST', headers: { 'Idempotency-Key': 'k' } }
const asked = (milliseconds: number, waits?: (failures: number) => void) =>
  ask('/x', press, json, { milliseconds, ...(waits && { waits }) }).catch((fault: unknown) => fault)

describe('a question', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('that is swallowed is asked again after three seconds, with the same key', async () => {
    const sent = network(silent, yes)
    const waits = vi.fn()
    const answer = asked(30_000, waits)
    await vi.advanceTimersByTimeAsync(2900)
    expect(sent).toHaveLength(1)
    expect(waits).toHaveBeenCalledWith(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await answer).toEqual({ n: 7 })
    expect(sent.map((s) => s.key)).toEqual(['k', 'k'])
    expect(waits).toHaveBeenLastCalledWith(1)
  })

  it('without any answer ends as unanswered within its patience', async () => {
    network(silent)
    const answer = asked(30_000)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await answer).toBeInstanceOf(Unanswered)
  })

  it('waits as long as Retry-After says, and no longer than half a minute', async () => {
    const sent = network(problem(503, 'busy', { 'Retry-After': '4' }), problem(429, 'too-many-requests', { 'Retry-After': '86400' }), yes)
    const answer = asked(Infinity)
    await vi.advanceTimersByTimeAsync(3990)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(20)
    expect(sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(29_900)
    expect(sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(200)
    expect(await answer).toEqual({ n: 7 })
  })

  it('that was told each time that nothing was decided ends with that', async () => {
    network(problem(503, 'busy', { 'Retry-After': '1' }))
    const answer = asked(30_000)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await answer).toMatchObject({ reason: 'busy' })
  })

  it.each([
    ['an outcome that is unknown', problem(503, 'outcome-unknown')],
    ['a failure of the portal', problem(500, 'internal')],
    ["a proxy's refusal", () => Promise.resolve(new Response('no', { status: 503 }))],
    ['no answer', silent],
    ['a page of the network', () => Promise.resolve(new Response('<html>', { status: 200 }))],
  ])('that met %s once is not taken for undecided', async (_, once) => {
    network(once, problem(503, 'busy', { 'Retry-After': '1' }))
    const answer = asked(30_000)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await answer).toBeInstanceOf(Unanswered)
  })

  it('that is refused is not asked again', async () => {
    const sent = network(problem(409, 'place-taken', { 'Places-Available': '0' }))
    const fault = await asked(30_000)
    expect(fault).toBeInstanceOf(Problem)
    expect(fault).toMatchObject({ reason: 'place-taken', placesAvailable: 0, status: 409 })
    expect(sent).toHaveLength(1)
  })

  it('is asked for ever where patience has no end, with pauses that grow to some seconds', async () => {
    const sent = network(() => Promise.reject(new TypeError('offline')))
    const ending = new AbortController()
    void ask('/x', press, json, { milliseconds: Infinity, signal: ending.signal }).catch(() => undefined)
    await vi.advanceTimersByTimeAsync(600_000)
    const pauses = sent.slice(1).map((s, i) => s.at - (sent[i]?.at ?? 0))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(7600)
    expect(Math.min(...pauses.slice(8))).toBeGreaterThanOrEqual(2400)
    expect(sent.length).toBeGreaterThan(70)
    ending.abort()
    await vi.advanceTimersByTimeAsync(60_000)
    const after = sent.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(after)
  })
})
