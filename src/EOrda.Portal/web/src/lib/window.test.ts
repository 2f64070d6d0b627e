import { describe, expect, it } from 'vitest'
import { isInWindow, noWindow, windowAfter, windowOf, type Slot, type Window } from './window'

const beginning = 1_781_056_800_000

interface Waiting extends Slot {
  lane: number
  /** False at a limit, and while it holds a reservation. */
  able: boolean
}

/** Numbers that look random and are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor(state / 65536) % below
  }
}

/** The order as the rules tell it: out of turn, then one first-priority and three general ones again and again. */
function merged(waiting: readonly Waiting[]): Waiting[] {
  const lane = (l: number) => waiting.filter((w) => w.lane === l).sort((a, b) => a.submitted - b.submitted || a.number - b.number)
  const [order, first, general] = [lane(0), lane(1), lane(2)]
  while (first.length + general.length > 0) order.push(...first.splice(0, 1), ...general.splice(0, 3))
  return order
}

/** Who is in the window: those before whom fewer than its size could reserve. */
function inside(order: readonly Waiting[], size: number): Waiting[] {
  let able = 0
  return order.filter((one) => {
    const rank = able + 1
    able += one.able ? 1 : 0
    return rank <= size
  })
}

/** The window as the server tells it. */
function told(order: readonly Waiting[], size: number): Window {
  const last = (lane: number): Slot | null => {
    const slot = inside(order, size).findLast((w) => w.lane === lane)
    return slot ? { number: slot.number, submitted: slot.submitted } : null
  }
  return { size, last: [last(0), last(1), last(2)] }
}

/** An update's numbers (docs/api.md, "Live"). */
function written(window: Window, before: Window): number[] {
  const numbers = [window.size]
  window.last.forEach((slot, lane) => {
    const former = before.last[lane]
    if (slot?.number === former?.number && slot?.submitted === former?.submitted) return
    numbers.push(slot ? (slot.number + 1) * 3 + lane : lane)
    if (slot) numbers.push(slot.submitted - beginning)
  })
  return numbers
}

describe('the window', () => {
  it('has in it those whose rank is at most its size, through any changes', () => {
    const roll = dice(11)
    let waiting: Waiting[] = []
    let [server, browser] = [noWindow, noWindow]
    for (let i = 0; i < 300; i++) {
      const chosen = roll(waiting.length + 1)
      const kind = roll(4)
      if (kind < 2) waiting.push({ number: i, submitted: beginning - roll(50), lane: roll(3), able: roll(4) > 0 })
      else if (kind === 2) waiting = waiting.filter((_, index) => index !== chosen)
      else waiting = waiting.map((w, index) => (index === chosen ? { ...w, able: !w.able } : w))
      const order = merged(waiting)
      const now = told(order, roll(12))
      browser = windowAfter(browser, written(now, server), beginning)
      server = now
      expect(browser).toEqual(now)
      expect(order.filter((one) => isInWindow(browser, one.lane, one))).toEqual(inside(order, now.size))
    }
  })

  it('is read from a snapshot', () => {
    expect(windowOf([3, null, [7, 5], [9, 6]])).toEqual({ size: 3, last: [null, { number: 7, submitted: 5 }, { number: 9, submitted: 6 }] })
    expect(windowOf([0, null, null, null])).toEqual(noWindow)
  })

  it('has nobody of a lane in it that it does not reach', () => {
    expect(isInWindow(noWindow, 2, { number: 0, submitted: 0 })).toBe(false)
  })

  it('stays as it is but for its size when only that is told', () => {
    const before = windowOf([3, null, null, [9, 6]])
    expect(windowAfter(before, [2], beginning)).toEqual({ ...before, size: 2 })
  })
})
