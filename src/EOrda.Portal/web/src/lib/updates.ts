import { accesses, causes, lanes } from './codes'
import type { Lanes, OrderChange } from './standing'
import { windowAfter, type Window, type WireWindow } from './window'

/** A place as a snapshot tells it: state, access, from, and its names. */
export type PlaceTuple = [state: number, access: number | null, from: number | null, place: string, kindergarten: string]

/** A queue as the hub tells it to one who begins to watch (docs/api.md, "Live"). */
export interface LiveSnapshot {
  q: string
  f: number
  b: number
  n: number
  t: number
  c: [number, number, number]
  p: [number, number, number]
  i: WireWindow
  x: number
  s: PlaceTuple[]
}

/** An update as the hub sends it. */
export interface WireUpdate {
  f: number
  n: number
  t: number
  i?: string
  d?: string
  s?: string
  m?: string[]
  r?: 1
}

/** What updates are read against: the feed's beginning, the window, the latest change of the order, and how many places are known. */
export interface Basis {
  readonly beginning: number
  readonly window: Window
  readonly change: number
  readonly places: number
}

/** What changed in a queue. */
export interface LiveUpdate {
  readonly at: number
  /** The window of priority access as it is now. */
  readonly window: Window
  /** The changes of the order, each with its number. */
  readonly changes: readonly { number: number; change: OrderChange }[]
  /** The places that changed; the new ones with their names. */
  readonly places: readonly { number: number; tuple: [number, number | null, number | null]; names: [string, string] | undefined }[]
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const noAccess = accesses.length
const patternMoved = -1
const patternCause = causes.indexOf('pattern')

/** Whole numbers written five bits a letter, the sign in the lowest bit. */
export function numbersOf(text: string): number[] {
  const numbers: number[] = []
  let value = 0
  let scale = 1
  for (const letter of text) {
    const bits = letters.indexOf(letter)
    // Beyond 32 bits a shift would lose them.
    value += (bits % 32) * scale
    if (bits < 32) {
      const size = Math.floor(value / 2)
      numbers.push(value % 2 === 1 ? -size : size)
      value = 0
      scale = 1
    } else {
      scale *= 32
    }
  }
  return numbers
}

/** Reads an update. */
export function read(update: WireUpdate, basis: Basis): LiveUpdate {
  const at = basis.beginning + update.t
  const window = update.i === undefined ? basis.window : windowAfter(basis.window, numbersOf(update.i), basis.beginning)
  return { at, window, changes: changesOf(update, basis, at), places: placesOf(update, basis, at) }
}

/** What the next update is to be read against. */
export function after(update: LiveUpdate, basis: Basis): Basis {
  return {
    beginning: basis.beginning,
    window: update.window,
    change: basis.change + update.changes.length,
    places: basis.places + update.places.filter((place) => place.names).length,
  }
}

/** How many wait in each lane after changes of the order. */
export function countsAfter(counts: Lanes, changes: LiveUpdate['changes']): Lanes {
  const after: [number, number, number] = [...counts]
  for (const { change } of changes) {
    if (change.application !== patternMoved) after[change.lane as 0 | 1 | 2] += change.step
  }
  return after
}

function changesOf(update: WireUpdate, basis: Basis, at: number): { number: number; change: OrderChange }[] {
  const changes: { number: number; change: OrderChange }[] = []
  const numbers = numbersOf(update.d ?? '').values()
  const next = (): number => numbers.next().value ?? 0
  let when = at
  for (let first = numbers.next(); !first.done; first = numbers.next()) {
    when += first.value
    const application = next()
    const number = basis.change + changes.length + 1
    if (application === patternMoved) {
      changes.push({ number, change: { at: when, cause: patternCause, application, submitted: 0, lane: 0, step: next() } })
    } else {
      const kind = next()
      const [cause, lane] = [Math.floor(kind / 2 / lanes.length), Math.floor(kind / 2) % lanes.length]
      changes.push({
        number,
        change: { at: when, cause, application, submitted: basis.beginning + next(), lane, step: kind % 2 === 1 ? 1 : -1 },
      })
    }
  }
  return changes
}

function placesOf(update: WireUpdate, basis: Basis, at: number): LiveUpdate['places'][number][] {
  const places: LiveUpdate['places'][number][] = []
  const numbers = numbersOf(update.s ?? '').values()
  const next = (): number => numbers.next().value ?? 0
  let number = 0
  let instant = at
  for (let first = numbers.next(); !first.done; first = numbers.next()) {
    number += first.value
    const code = next()
    const access = Math.floor(code / 2) % (noAccess + 1)
    const from = code % 2 === 1 ? (instant += next()) : null
    const names = number < basis.places ? undefined : namesAt(update, number - basis.places)
    places.push({ number, tuple: [Math.floor(code / 2 / (noAccess + 1)), access === noAccess ? null : access, from], names })
  }
  return places
}

function namesAt(update: WireUpdate, index: number): [string, string] {
  return [update.m?.[2 * index] ?? '', update.m?.[2 * index + 1] ?? '']
}
