import { describe, expect, it } from 'vitest'
import type { Language } from '../language.svelte'
import { words } from '../words'
import { plural } from './plural'

type Said = string | readonly string[] | ((...parameters: never[]) => string) | { [key: string]: Said }

const translations = (Object.keys(words) as Language[]).map((code) => [code, told(words[code] as unknown as Said)] as const)
const keys = [...(translations[0]?.[1].keys() ?? [])]
const reference = words.ru

/** Everything that a language says, by the path to it. */
function told(said: Said, path = '', found = new Map<string, Exclude<Said, { [key: string]: Said }>>()): typeof found {
  if (typeof said === 'string' || typeof said === 'function' || Array.isArray(said)) return found.set(path, said as string)
  for (const [key, value] of Object.entries(said)) told(value as Said, path ? `${path}.${key}` : key, found)
  return found
}

// What each template is tried with; it must say all of it in every language.
const samples: Record<string, readonly unknown[][]> = {
  'calendar.date': [['Ф', 10, 'маусым']],
  'calendar.at': [
    [null, '07:00'],
    ['10 маусым', '07:00'],
  ],
  'calendar.tomorrow': [['07:00']],
  'calendar.till': [
    [null, '07:00'],
    ['10 маусым', '07:00'],
  ],
  'calendar.through': [['10 маусым']],
  'calendar.beforeEndOf': [['10 маусым']],
  'calendar.since': [['06:59:30']],
  clockLabel: [[null], ['Алматы']],
  opensAt: [['<at>']],
  frozen: [['<till>']],
  queueOption: [
    ['general', '2022'],
    ['special', '2022'],
    ['sanatorium', '<profile>'],
  ],
  waiting: [[7]],
  parentOption: [
    ['<application>', 512, '<category>'],
    ['<application>', null, null],
  ],
  positionOf: [[3456]],
  atLimit: [['<at>']],
  amongFirst: [[1], [2], [56]],
  notAmongFirst: [[0], [1], [2], [56]],
  amongFirstLater: [
    [1, '<opens>'],
    [2, '<opens>'],
    [56, '<opens>'],
  ],
  notAmongFirstLater: [
    [0, '<opens>'],
    [1, '<opens>'],
    [56, '<opens>'],
  ],
  stopListed: [['<through>']],
  returns: [['<at>']],
  reservedPlace: [['<place>']],
  referralValid: [['<date>']],
  cancellable: [['<till>', 12]],
  moved: [
    [512, 511],
    [null, 511],
  ],
  patternMoved: [[null], [{ firstPriorityShare: 2, generalShare: 5, phase: 0 }]],
  available: [[7]],
  from: [['<at>']],
  place: [['<place>']],
  reservePlace: [['<place>']],
  reserveAnyAt: [['<kindergarten>']],
  reserveTogether: [[2], [5]],
  reserved: [
    [['<one>'], '<till>'],
    [['<one>', '<two>'], '<till>'],
  ],
  confirmed: [
    [['<one>'], '<end>'],
    [['<one>', '<two>'], '<end>'],
  ],
  dropped: [['<at>']],
  cancelled: [['<at>']],
  noneLeft: [['<at>']],
  noNews: [['<since>']],
  lapsedDetail: [
    ['<place>', 3, '<at>'],
    ['<place>', null, null],
  ],
  endedDetail: [['<place>']],
  lastMinute: [['<place>']],
}

/** The words and numbers among the parameters that a text has to hold. */
function placeholders(parameters: readonly unknown[]): string[] {
  return parameters
    .flatMap((p) => (p !== null && typeof p === 'object' ? Object.values(p) : [p]))
    .filter((p) => (typeof p === 'number' && p > 1) || (typeof p === 'string' && !['general', 'special', 'sanatorium'].includes(p)))
    .map(String)
}

function say(key: string, text: unknown, parameters: readonly unknown[]): string {
  expect(text, key).toBeTypeOf('function')
  return (text as (...given: readonly unknown[]) => string)(...parameters)
}

describe('the languages', () => {
  it.each(translations)('%s says what the others say, and nothing is empty', (_, said) => {
    expect([...said.keys()].sort()).toEqual([...keys].sort())
    for (const [key, text] of said) {
      if (typeof text === 'string') expect(text.trim(), key).not.toBe('')
      if (Array.isArray(text)) expect(text, key).toHaveLength(key === 'calendar.months' ? 12 : 7)
    }
  })

  it('have a sample of each template', () => {
    const templates = keys.filter((key) => typeof translations[0]?.[1].get(key) === 'function')
    expect(Object.keys(samples).sort()).toEqual(templates.sort())
  })

  it.each(translations)('%s puts everything that it is given into a text, and leaves no hole', (_, said) => {
    for (const [key, tried] of Object.entries(samples)) {
      for (const parameters of tried) {
        const text = say(key, said.get(key), parameters)
        expect(text, key).not.toMatch(/undefined|\bnull\b|NaN|\s{2}|^\s|\s$/)
        for (const given of placeholders(parameters)) expect(text, key).toContain(given)
      }
    }
  })

  it('differ: no text was left in another language', () => {
    const same = keys.filter(
      (key) =>
        typeof reference[key as keyof typeof reference] === 'string' && new Set(translations.map(([, said]) => said.get(key))).size < 3,
    )
    expect(same).toEqual([])
  })
})

describe('a button', () => {
  it.each(translations)('is called in %s by what stands on it', (_, said) => {
    const label = (key: string) => say(key, said.get(key), ['<x>']).toLowerCase()
    expect(label('reserveAnyAt')).toContain(String(said.get('reserveAny')).toLowerCase())
    expect(label('reservePlace')).toContain(String(said.get('reserve')).toLowerCase())
  })
})

describe('before the release', () => {
  it.each(translations)('%s tells nobody to reserve yet', (code) => {
    const w = words[code]
    for (const text of [w.amongFirstLater(1, ''), w.amongFirstLater(56, ''), w.notAmongFirstLater(0, ''), w.notAmongFirstLater(56, '')])
      expect(text).not.toMatch(/reserve|open to you|брон|открыты и вам|сізге де ашық/)
  })
})

describe('one and several', () => {
  it.each([
    ['ru', 'Место A за вами', 'Места A, B за вами', 'Направление № X выдано.', 'Направления № X, Y выданы.'],
    ['kk', '№ A орын', '№ A, B орындары', '№ X жолдама берілді.', '№ X, Y жолдамалары берілді.'],
    ['en', 'Place A is yours', 'Places A, B are yours', 'Referral X is issued.', 'Referrals X, Y are issued.'],
  ] as const)('are told apart in %s', (language, place, places, referral, referrals) => {
    const w = words[language]
    expect(w.reserved(['A'], '')).toContain(place)
    expect(w.reserved(['A', 'B'], '')).toContain(places)
    expect(w.confirmed(['X'], '')).toContain(referral)
    expect(w.confirmed(['X', 'Y'], '')).toContain(referrals)
  })

  it.each(translations)('%s never speaks of the first 1', (code) => {
    const w = words[code]
    for (const text of [w.amongFirst(1), w.notAmongFirst(1), w.amongFirstLater(1, ''), w.notAmongFirstLater(1, '')])
      expect(text).not.toMatch(/первых 1|алғашқы 1|first 1\b/)
  })

  it.each([
    [1, 'место'],
    [2, 'места'],
    [4, 'места'],
    [5, 'мест'],
    [11, 'мест'],
    [21, 'место'],
    [22, 'места'],
    [112, 'мест'],
  ])('%i in Russian: %s', (count, noun) => expect(words.ru.reserveTogether(count)).toBe(`На всех детей: ${count} ${noun}`))

  it('falls back to the form for everything', () => expect(plural('ru', { other: 'x' })(1)).toBe('x'))
})
