import { lanes } from './codes'

/** A place in a lane's order, which is by the submission instant and then by the registration number. */
export interface Slot {
  readonly number: number
  readonly submitted: number
}

/** The last slot inside the window of each lane; null where none of the lane is inside. */
export type LastInside = readonly [Slot | null, Slot | null, Slot | null]

/** The window of priority access: how many may take a place, and how far it reaches in each lane. */
export interface Window {
  readonly size: number
  readonly last: LastInside
}

/** The window as a snapshot tells it. */
export type WireWindow = [size: number, ...last: ([number: number, submitted: number] | null)[]]

/** A window that nobody is in. */
export const noWindow: Window = { size: 0, last: [null, null, null] }

/** Reads the window of a snapshot. */
export function windowOf([size, ...last]: WireWindow): Window {
  const slot = (lane: number): Slot | null => {
    const told = last[lane]
    return told ? { number: told[0], submitted: told[1] } : null
  }
  return { size, last: [slot(0), slot(1), slot(2)] }
}

/** The window after an update: the size, and the lanes that reach another slot than before. */
export function windowAfter(window: Window, [size, ...changed]: readonly number[], beginning: number): Window {
  const last: [Slot | null, Slot | null, Slot | null] = [...window.last]
  const numbers = changed.values()
  for (let told = numbers.next(); !told.done; told = numbers.next()) {
    const number = Math.floor(told.value / lanes.length) - 1
    const slot = number < 0 ? null : { number, submitted: beginning + (numbers.next().value ?? 0) }
    last[(told.value % lanes.length) as 0 | 1 | 2] = slot
  }
  return { size: size ?? 0, last }
}

/** Whether an application that waits in a lane is in the window. One at a limit or with a reservation may be, and may take no place all the same. */
export function isInWindow(window: Window, lane: number, { number, submitted }: Slot): boolean {
  const last = window.last[lane]
  return last != null && (submitted < last.submitted || (submitted === last.submitted && number <= last.number))
}
