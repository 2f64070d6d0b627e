import { describe, expect, it } from 'vitest'
import { after, countsAfter, numbersOf, read } from './updates'
import type { Window } from './window'

const window: Window = { size: 55, last: [null, { number: 7, submitted: 1_757_916_736_565 }, { number: 48, submitted: 1_757_916_716_565 }] }
const basis = { beginning: 1_781_056_800_000, window, change: 1142, places: 80 }

describe('numbers', () => {
  it('are read as the letters of source maps', () => {
    expect(numbersOf('')).toEqual([])
    expect(numbersOf('ACDgBhB')).toEqual([0, 1, -1, 16, -16])
  })

  it('may be larger than 32 bits', () => {
    // -23140083435: the years between an application and today.
    expect(numbersOf(encode(-23_140_083_435) + encode(2 ** 45))).toEqual([-23_140_083_435, 2 ** 45])
  })
})

describe('an update', () => {
  const update = {
    f: 3,
    n: 18,
    t: 2_660,
    i: [54, 0 * 3 + 1, (49 + 1) * 3 + 2, -23_140_083_430].map(encode).join(''),
    d: [-59, 48, (2 * 3 + 2) * 2, -23_140_083_435, 47, -1, 2].map(encode).join(''),
    s: [24, (4 * 3 + 2) * 2 + 1, 666_000_000, 1, (4 * 3 + 2) * 2 + 1, -50, 55, 2 * 1, 1, (0 * 3 + 2) * 2].map(encode).join(''),
    m: ['23-1', 'almaty-23', '23-2', 'almaty-23'],
  }

  it('tells the changes of the order with their numbers', () => {
    expect(read(update, basis).changes).toEqual([
      {
        number: 1143,
        change: { at: basis.beginning + 2_601, cause: 2, application: 48, submitted: basis.beginning - 23_140_083_435, lane: 2, step: -1 },
      },
      { number: 1144, change: { at: basis.beginning + 2_648, cause: 9, application: -1, submitted: 0, lane: 0, step: 2 } },
    ])
  })

  it('tells the places as they are now, and names the new ones', () => {
    expect(read(update, basis).places).toEqual([
      { number: 24, tuple: [4, null, basis.beginning + 2_660 + 666_000_000], names: undefined },
      { number: 25, tuple: [4, null, basis.beginning + 2_660 + 665_999_950], names: undefined },
      { number: 80, tuple: [0, 1, null], names: ['23-1', 'almaty-23'] },
      { number: 81, tuple: [0, null, null], names: ['23-2', 'almaty-23'] },
    ])
  })

  it('tells the size of the window, and the lanes that reach another slot', () => {
    expect(read(update, basis).window).toEqual({
      size: 54,
      last: [null, null, { number: 49, submitted: basis.beginning - 23_140_083_430 }],
    })
  })

  it('is what the next one is read against', () => {
    const told = read(update, basis)
    expect(after(told, basis)).toEqual({ beginning: basis.beginning, window: told.window, change: 1144, places: 82 })
  })

  it('changes how many wait', () => {
    expect(countsAfter([4, 112, 1004], read(update, basis).changes)).toEqual([4, 112, 1003])
  })

  it('may tell nothing but that time has passed', () => {
    expect(read({ f: 3, n: 19, t: 5 }, basis)).toEqual({ at: basis.beginning + 5, window, changes: [], places: [] })
  })
})

function encode(number: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let left = Math.abs(number) * 2 + (number < 0 ? 1 : 0)
  let text = ''
  do {
    const bits = left % 32
    left = Math.floor(left / 32)
    text += letters[left > 0 ? bits + 32 : bits]
  } while (left > 0)
  return text
}
