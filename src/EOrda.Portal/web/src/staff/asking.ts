import { language } from '../lib/language.svelte'

/** What the portal answered instead of what was asked for. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly title: string,
    readonly detail: string,
    /** The field that is not what it should be, and what is wrong with it; null for others. */
    readonly field: string | null = null,
    readonly fault: string | null = null,
  ) {
    super(reason)
  }
}

const patience = 30_000
const bytesOfKey = 16

// The key of a command lives until it is answered: pressed again after no answer, it is the same command.
const keys = new Map<string, string>()

let antiforgery = ''

/** What the session told: shows that commands come from this page. */
export function remember(token: string): void {
  antiforgery = token
}

/** Looks something up. */
export async function get<T>(path: string): Promise<T> {
  return read<T>(await send(path, { headers: headers() }))
}

/** Asks for something to be done. */
export async function command<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const content = body === undefined ? null : JSON.stringify(body)
  const asked = `${method} ${path} ${content ?? ''}`
  const response = await send(path, { method, headers: commandHeaders(asked, 'application/json'), body: content })
  settle(asked, response)
  return read<T>(response)
}

/** Sends a file, and tells each line of the answer as it comes. */
export async function upload<T>(path: string, file: File, reason: string, tell: (line: T) => void): Promise<void> {
  const asked = `${path} ${file.name} ${file.size} ${file.lastModified}`
  const sent = { ...commandHeaders(asked, 'text/csv'), 'Audit-Reason': encodeURIComponent(reason) }
  const response = await fetch(path, { method: 'POST', headers: sent, body: await file.arrayBuffer(), cache: 'no-store' }).catch(unanswered)
  settle(asked, response)
  if (!response.ok || !response.body) {
    await read(response)
    return
  }

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let left = ''
  for (;;) {
    const { done, value } = await reader.read().catch(unanswered)
    const lines = (left + (value ?? '')).split('\n')
    left = lines.pop() ?? ''
    for (const line of lines) if (line) tell(JSON.parse(line) as T)
    if (done) return
  }
}

function headers(): Record<string, string> {
  return { 'Accept-Language': language.current }
}

function commandHeaders(asked: string, type: string): Record<string, string> {
  const key =
    keys.get(asked) ?? Array.from(crypto.getRandomValues(new Uint8Array(bytesOfKey)), (b) => b.toString(16).padStart(2, '0')).join('')
  keys.set(asked, key)
  return { ...headers(), 'Content-Type': type, 'Idempotency-Key': key, 'Antiforgery-Token': antiforgery }
}

function settle(asked: string, response: Response): void {
  if (response.status !== 503) keys.delete(asked)
}

function send(path: string, request: RequestInit): Promise<Response> {
  return fetch(path, { ...request, cache: 'no-store', signal: AbortSignal.timeout(patience) }).catch(unanswered)
}

function unanswered(): never {
  throw new Problem(0, 'unanswered', '', '')
}

async function read<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json().catch(unanswered)
  if (response.ok) return answer as T
  const told = answer as { reason: string; title: string; detail: string; field?: string; fault?: string }
  throw new Problem(response.status, told.reason, told.title, told.detail, told.field ?? null, told.fault ?? null)
}
