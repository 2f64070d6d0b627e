import { describe, expect, it } from 'vitest'
import { draftOf, formOf } from './rules'

const told = {
  timeZone: 'Asia/Almaty',
  ratio: [1, 3],
  lead: 'first-priority',
  carry: false,
  handover: '18:00',
  release: '07:00',
  freezeFrom: '06:30',
  reservationMinutes: 10,
  windowFactor: 1.5,
  holidays: ['2027-01-01', '2027-01-04'],
  workdays: [],
}

describe('the form of rules', () => {
  it('gives back what it was made of', () => {
    expect(draftOf(formOf(told), null)).toMatchObject(told)
  })

  it('asks for what is another and for nothing else', () => {
    const before = formOf(told)
    expect(draftOf({ ...before, reservationMinutes: ' 15 ', holidays: '2027-01-01,\n2027-03-08' }, before)).toEqual({
      reservationMinutes: 15,
      holidays: ['2027-01-01', '2027-03-08'],
    })
    expect(draftOf(formOf(told), before)).toEqual({})
  })

  it('leaves it to the portal to say that something is no number', () => {
    const before = formOf(told)
    expect(draftOf({ ...before, reservationMinutes: 'ten', windowFactor: '0,5' }, before)).toEqual({
      reservationMinutes: 'ten',
      windowFactor: 0.5,
    })
  })
})
