import { describe, expect, it } from 'vitest'
import { span, Times } from './times'
import { words } from './words'

const release = Date.parse('2026-06-10T02:00:00.000Z')
const day = 86_400_000
const almaty = { offsetMinutes: 300, nextOffset: null }

describe('a time', () => {
  it('is the one of the locality', () => {
    const times = new Times(words.ru.calendar, almaty)
    expect(times.seconds(release - 1)).toBe('06:59:59')
    expect(times.clock(Date.parse('2026-06-10T19:00:00Z'))).toBe('00:00')
  })

  it('follows a change of the offset from its instant on', () => {
    const times = new Times(words.ru.calendar, { offsetMinutes: 360, nextOffset: { from: '2024-02-29T18:00:00.000Z', offsetMinutes: 300 } })
    const change = Date.parse('2024-02-29T18:00:00.000Z')
    expect(times.seconds(change - 1)).toBe('23:59:59')
    expect(times.seconds(change)).toBe('23:00:00')
    expect(times.date(change + 3_600_000)).toBe('пятница, 1 марта')
  })

  it.each([
    ['ru', 'среда, 10 июня', '13 июня, 07:00'],
    ['kk', '10 маусым, сәрсенбі', '13 маусым, 07:00'],
    ['en', 'Wednesday, 10 June', '13 June, 07:00'],
  ] as const)('is told in %s', (language, date, later) => {
    const times = new Times(words[language].calendar, almaty)
    expect(times.date(release)).toBe(date)
    expect(times.short(release + 3 * day, release)).toBe(later)
    expect(times.short(release + 60_000, release)).toBe('07:01')
  })

  it.each([
    ['ru', 'в 07:00', '13 июня в 07:00', 'завтра в 07:00', 'до 07:00', 'до 07:00 13 июня'],
    ['kk', 'сағат 07:00-де', '13 маусымда, сағат 07:00-де', 'ертең сағат 07:00-де', '07:00-ге дейін', '13 маусым, сағат 07:00-ге дейін'],
    ['en', 'at 07:00', 'on 13 June at 07:00', 'tomorrow at 07:00', 'until 07:00', 'until 07:00 on 13 June'],
  ] as const)('is said with what goes before and after it in %s', (language, at, atLater, tomorrow, till, tillLater) => {
    const times = new Times(words[language].calendar, almaty)
    const midnight = release - 7 * 3_600_000
    expect(times.at(release, release)).toBe(at)
    expect(times.at(release + 3 * day, release)).toBe(atLater)
    expect([times.soon(release + day, release), times.soon(release + day, midnight)]).toEqual([tomorrow, tomorrow])
    expect([times.soon(release, midnight), times.soon(release + 3 * day, release)]).toEqual([at, atLater])
    expect(times.till(release, release - 1)).toBe(till)
    expect(times.till(release + 3 * day, release)).toBe(tillLater)
  })

  it.each([
    ['ru', 'по 17 июня включительно', 'до конца 17 июня'],
    ['kk', '17 маусымды қоса алғанда', '17 маусымның соңына дейін'],
    ['en', 'to the end of 17 June', 'by the end of 17 June'],
  ] as const)('at midnight is the end of the day before in %s', (language, through, beforeEnd) => {
    const times = new Times(words[language].calendar, almaty)
    const end = Date.parse('2026-06-17T19:00:00.000Z')
    expect([times.through(end), times.beforeEnd(end)]).toEqual([through, beforeEnd])
  })

  it.each([
    ['ru', 'с 06:59:30'],
    ['kk', '06:59:30-дан бері'],
    ['en', 'since 06:59:30'],
  ] as const)('says since when in %s, to the second', (language, since) =>
    expect(new Times(words[language].calendar, almaty).since(release - 30_000)).toBe(since),
  )
})

describe('a span', () => {
  it.each([
    [0, '00:00'],
    [-5, '00:00'],
    [59_999, '01:00'],
    [600_300, '10:00'],
    [86_399_000, '23:59:59'],
  ])('of %i ms', (milliseconds, text) => expect(span(milliseconds)).toBe(text))
})
