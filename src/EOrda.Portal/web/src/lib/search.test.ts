import { describe, expect, it } from 'vitest'
import { fold, found } from './search'

const first = 'Ясли-сад № 23 Ақсай 1-й микрорайон, 10 А'

describe('a search', () => {
  it.each([
    ['Аксай', first],
    ['Ақсай', 'Аксай 2-й микрорайон'],
    ['сад 23', first],
    ['№23', first],
    ['№ 23', first],
    ['сад№23', first],
    ['No. 23', first],
    ['#23', first],
    ['САД  23 ', first],
    ['23 сад', first],
    ['10а', first],
    ['1-й', first],
    ['микрор', first],
    ['ёлочка', 'Елочка'],
    ['елочка', 'Ёлочка'],
    ['шугыла', 'Шұғыла'],
    ['онге', 'Өңге'],
    ['ухи', 'Үһі'],
    ['эже', 'Эже'],
    ['', first],
    ['№', first],
    ['Nursery-kindergarten 23', 'Nursery-kindergarten No. 23'],
  ])('for %j finds %j', (sought, text) => expect(found(text, sought)).toBe(true))

  it.each([
    ['сад 24', first],
    ['3', first],
    ['айсай', first],
    ['сад 23 Тастак', first],
  ])('for %j passes over %j', (sought, text) => expect(found(text, sought)).toBe(false))

  it('folds every letter of Kazakh that a Russian keyboard does not have', () =>
    expect(fold('Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі Ёё')).toEqual(['аа', 'гг', 'кк', 'нн', 'оо', 'уу', 'уу', 'хх', 'ии', 'ее']))

  it('takes a letter that comes in two pieces for the one that it is', () => expect(fold('и\u0306')).toEqual(['й']))
})
