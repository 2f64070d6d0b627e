import { describe, expect, it } from 'vitest'
import { after, positionOf, type Lanes, type OrderChange, type Standing } from './standing'

interface Waiting {
  number: number
  submitted: number
  lane: number
}

/** The order as the rules tell it: out of turn first, then the two others merged by the pattern, each by instant and number. */
function merged(waiting: Waiting[], [a, b, phase]: readonly [number, number, number]): number[] {
  const lane = (l: number) => waiting.filter((w) => w.lane === l).sort((x, y) => x.submitted - y.submitted || x.number - y.number)
  const [urgent, first, general] = [lane(0), lane(1), lane(2)]
  const order = urgent
  const take = (from: Waiting[], most: number) => order.push(...from.splice(0, most))
  take(general, phase)
  while (first.length + general.length > 0) {
    take(first, a)
    take(general, b)
  }
  return order.map((w) => w.number)
}

/** Numbers that look random and are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor(state / 65536) % below
  }
}

function standingOf(one: Waiting, waiting: Waiting[], [a, b, phase]: readonly [number, number, number]): Standing {
  const count = (lane: number, before: boolean) =>
    waiting.filter(
      (w) => w.lane === lane && (!before || w.submitted < one.submitted || (w.submitted === one.submitted && w.number < one.number)),
    ).length
  const lanes = (before: boolean): Lanes => [count(0, before), count(1, before), count(2, before)]
  return {
    lane: one.lane,
    submitted: one.submitted,
    number: one.number,
    before: lanes(true),
    counts: lanes(false),
    pattern: { firstPriorityShare: a, generalShare: b, phase },
    present: true,
  }
}

describe('a position', () => {
  it.each([
    [1, 3, 0],
    [1, 3, 3],
    [2, 3, 0],
    [1, 1, 1],
  ] as const)('is the place in the merged order, pattern %i:%i from %i', (...pattern) => {
    const roll = dice(pattern[0] * 100 + pattern[1] * 10 + pattern[2])
    for (let size = 1; size < 40; size++) {
      const waiting = Array.from({ length: size }, (_, number) => ({ number, submitted: roll(10), lane: roll(3) }))
      const order = merged(waiting, pattern)
      for (const one of waiting) {
        expect(positionOf(standingOf(one, waiting, pattern))).toBe(order.indexOf(one.number) + 1)
      }
    }
  })

  it('follows every change of the order', () => {
    const roll = dice(7)
    let pattern: [number, number, number] = [1, 3, 0]
    let waiting: Waiting[] = Array.from({ length: 30 }, (_, number) => ({ number, submitted: roll(20), lane: roll(3) }))
    let next = waiting.length
    const one = waiting[11]!
    let standing = standingOf(one, waiting, pattern)
    for (let i = 0; i < 500; i++) {
      const change = { at: i, cause: 0, submitted: 0, lane: 2 }
      const kind = roll(5)
      const chosen = waiting[roll(waiting.length)]
      let happened: OrderChange
      if (kind === 0) {
        const phase = roll(4)
        happened = { ...change, application: -1, step: phase - pattern[2] }
        pattern = [1, 3, phase]
      } else if (kind < 3 && chosen) {
        waiting = waiting.filter((w) => w !== chosen)
        happened = { ...change, application: chosen.number, submitted: chosen.submitted, lane: chosen.lane, step: -1 }
      } else {
        const gone = kind === 3 && !waiting.includes(one)
        const comes = gone ? one : { number: next++, submitted: roll(20), lane: roll(3) }
        waiting = [...waiting, comes]
        happened = { ...change, application: comes.number, submitted: comes.submitted, lane: comes.lane, step: 1 }
      }
      standing = after(standing, happened)
      const place = merged(waiting, pattern).indexOf(one.number)
      expect(positionOf(standing)).toBe(place < 0 ? null : place + 1)
    }
  })
})
