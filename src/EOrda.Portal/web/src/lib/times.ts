/** The names of a language's months and weekdays. Not every browser knows those of Kazakh. */
export interface Calendar {
  /** January first, as they stand in a date. */
  readonly months: readonly string[]
  /** Monday first. */
  readonly weekdays: readonly string[]
  date(weekday: string, day: number, month: string): string
  /** When something happens: today, or on a date (10 June). */
  at(date: string | null, time: string): string
  /** When something happens tomorrow. */
  tomorrow(time: string): string
  /** Until when something lasts: today, or on a date. */
  till(date: string | null, time: string): string
  /** The last date of something, that date included. */
  through(date: string): string
  /** What has to be done before a date is over. */
  beforeEndOf(date: string): string
  /** Since when something lasts. */
  since(time: string): string
}

/** How local time stands to UTC, as the portal told it: what a phone believes of a zone may be out of date. */
export interface Zone {
  readonly offsetMinutes: number
  /** The next change; null where none is known. */
  readonly nextOffset: { readonly from: string; readonly offsetMinutes: number } | null
}

/** Local times as people read them, in one language and zone. */
export class Times {
  readonly #calendar: Calendar
  readonly #zone: Zone

  constructor(calendar: Calendar, zone: Zone) {
    this.#calendar = calendar
    this.#zone = zone
  }

  /** 07:00. */
  clock(instant: number): string {
    const { hour, minute } = this.#read(instant)
    return `${hour}:${minute}`
  }

  /** 06:59:59. */
  seconds(instant: number): string {
    const { hour, minute, second } = this.#read(instant)
    return `${hour}:${minute}:${second}`
  }

  /** The weekday and the date. */
  date(instant: number): string {
    const { weekday, day, month } = this.#read(instant)
    return this.#calendar.date(this.#calendar.weekdays[weekdays.indexOf(weekday)] ?? '', Number(day), this.#month(month))
  }

  /** 07:00 today; on another day the day too. */
  short(instant: number, now: number): string {
    const date = this.#dateUnless(instant, now)
    return date === null ? this.clock(instant) : `${date}, ${this.clock(instant)}`
  }

  /** At 07:00; on another day the day too. */
  at(instant: number, now: number): string {
    return this.#calendar.at(this.#dateUnless(instant, now), this.clock(instant))
  }

  /** Like `at`, but the day after today is called tomorrow. */
  soon(instant: number, now: number): string {
    const tomorrow = this.#day(instant - oneDay) === this.#day(now)
    return tomorrow ? this.#calendar.tomorrow(this.clock(instant)) : this.at(instant, now)
  }

  /** Until 07:00; on another day the day too. */
  till(instant: number, now: number): string {
    return this.#calendar.till(this.#dateUnless(instant, now), this.clock(instant))
  }

  /** The last date of what ends at an instant, usually a midnight. */
  through(end: number): string {
    return this.#calendar.through(this.#day(end - 1))
  }

  /** Before the last date of what ends at an instant, usually a midnight, is over. */
  beforeEnd(end: number): string {
    return this.#calendar.beforeEndOf(this.#day(end - 1))
  }

  /** Since 06:59:59. */
  since(instant: number): string {
    return this.#calendar.since(this.seconds(instant))
  }

  #dateUnless(instant: number, today: number): string | null {
    const day = this.#day(instant)
    return day === this.#day(today) ? null : day
  }

  /** 10 June. */
  #day(instant: number): string {
    const { day, month } = this.#read(instant)
    return `${Number(day)} ${this.#month(month)}`
  }

  #month(month: string): string {
    return this.#calendar.months[Number(month) - 1] ?? ''
  }

  #read(instant: number): Record<'weekday' | 'day' | 'month' | 'hour' | 'minute' | 'second', string> {
    const local = new Date(instant + 60_000 * this.#offsetAt(instant))
    const two = (n: number) => String(n).padStart(2, '0')
    return {
      weekday: weekdays[(local.getUTCDay() + 6) % 7] ?? '',
      day: String(local.getUTCDate()),
      month: String(local.getUTCMonth() + 1),
      hour: two(local.getUTCHours()),
      minute: two(local.getUTCMinutes()),
      second: two(local.getUTCSeconds()),
    }
  }

  #offsetAt(instant: number): number {
    const { offsetMinutes, nextOffset } = this.#zone
    return nextOffset && instant >= Date.parse(nextOffset.from) ? nextOffset.offsetMinutes : offsetMinutes
  }
}

const oneDay = 86_400_000
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** A span as minutes and seconds, with hours where there are any; never negative. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`
}
