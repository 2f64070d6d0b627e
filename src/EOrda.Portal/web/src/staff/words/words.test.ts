import { describe, expect, it } from 'vitest'
import { en } from './en'
import { kk } from './kk'
import { ru } from './ru'

const given = ['<one>', '<two>', 3, 4, 5]

function said(words: object, within = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, text]: [string, unknown]) => {
    const name = `${within}${key}`
    if (typeof text === 'string') return [[name, text]]
    if (typeof text === 'function') return [[name, String((text as (...all: unknown[]) => string)(...given.slice(0, text.length)))]]
    return said(text as object, `${name}.`)
  })
}

// What both Kazakh and Russian say so, and what has no words of its own.
const shared = ['roles.auditor', 'duty']

const all = [said(en), said(ru), said(kk)] as const

describe('the words of staff', () => {
  it('are there in each language, none empty and none with a hole', () => {
    for (const words of all) {
      expect(words.map(([key]) => key).sort()).toEqual(all[0].map(([key]) => key).sort())
      for (const [key, text] of words) expect(text, key).not.toMatch(/undefined|\bnull\b|^\s*$|\s{2}/)
    }
  })

  it('differ between the languages, but for what is the same in all', () => {
    const same = all[0].filter(
      ([key, text]) => !shared.includes(key) && all.slice(1).some((words) => words.find(([k]) => k === key)?.[1] === text),
    )
    expect(same).toEqual([])
  })

  it('in Kazakh and Russian are not left in Latin letters', () => {
    for (const words of all.slice(1)) for (const [key, text] of words) if (key !== 'duty') expect(text, key).toMatch(/[а-яәғқңөұүһі]/i)
  })
})
