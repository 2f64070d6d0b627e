import { lanes } from './codes'

/** A number for each of the three lanes of a queue: out of turn, first priority, general. */
export type Lanes = readonly [number, number, number]

const outOfTurn = lanes.indexOf('out-of-turn') as 0
const firstPriority = lanes.indexOf('first-priority') as 1
const general = lanes.indexOf('general') as 2

/** The pattern that merges first-priority and general applications: `phase` general ones, then again and again so many of each. */
export interface Pattern {
  readonly firstPriorityShare: number
  readonly generalShare: number
  readonly phase: number
}

/** One change of a queue's order, as the live updates tell it. */
export interface OrderChange {
  readonly at: number
  readonly cause: number
  /** Registration number; -1 when the pattern moved on. */
  readonly application: number
  readonly submitted: number
  readonly lane: number
  /** +1 entered the lane, -1 left it; for the pattern, the phase's change. */
  readonly step: number
}

/** Where an application stands as of one change of the order. */
export interface Standing {
  readonly lane: number
  readonly submitted: number
  readonly number: number
  readonly before: Lanes
  readonly counts: Lanes
  readonly pattern: Pattern
  /** Whether it waits. */
  readonly present: boolean
}

/** The 1-based position of an application, null when it does not wait. The server counts the same way. */
export function positionOf(standing: Standing): number | null {
  if (!standing.present) return null
  const { lane, counts, pattern } = standing
  const rank = (standing.before[lane] ?? 0) + 1
  if (lane === outOfTurn) return rank
  return (
    counts[outOfTurn] +
    rank +
    (lane === firstPriority ? generalAhead(pattern, rank, counts[general]) : firstPriorityAhead(pattern, rank, counts[firstPriority]))
  )
}

/** The standing after a change of the order. */
export function after(standing: Standing, change: OrderChange): Standing {
  if (change.application < 0) {
    return { ...standing, pattern: { ...standing.pattern, phase: standing.pattern.phase + change.step } }
  }
  const counts = stepped(standing.counts, change.lane, change.step)
  if (change.application === standing.number) {
    return { ...standing, counts, lane: change.lane, present: change.step > 0 }
  }
  return standsBefore(change, standing)
    ? { ...standing, counts, before: stepped(standing.before, change.lane, change.step) }
    : { ...standing, counts }
}

function generalAhead(pattern: Pattern, rank: number, all: number): number {
  return Math.min(all, pattern.phase + pattern.generalShare * Math.floor((rank - 1) / pattern.firstPriorityShare))
}

function firstPriorityAhead(pattern: Pattern, rank: number, all: number): number {
  if (rank <= pattern.phase) return 0
  return Math.min(all, pattern.firstPriorityShare * (1 + Math.floor((rank - pattern.phase - 1) / pattern.generalShare)))
}

function standsBefore(change: OrderChange, standing: Standing): boolean {
  return change.submitted < standing.submitted || (change.submitted === standing.submitted && change.application < standing.number)
}

function stepped(lanes: Lanes, lane: number, step: number): Lanes {
  return [lanes[0] + (lane === 0 ? step : 0), lanes[1] + (lane === 1 ? step : 0), lanes[2] + (lane === 2 ? step : 0)]
}
