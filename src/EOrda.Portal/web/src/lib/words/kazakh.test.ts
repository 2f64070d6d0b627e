import { describe, expect, it } from 'vitest'
import { inCase, timeInCase } from './kazakh'
import { kk } from './kk'

// The suffixes of the minutes as a reviewer wrote them down, minute by minute: of units, and of full tens.
const dative = {
  units: ['', 'ге', 'ге', 'ке', 'ке', 'ке', 'ға', 'ге', 'ге', 'ға'],
  tens: ['ге', 'ға', 'ға', 'ға', 'қа', 'ге'],
}
const locative = {
  units: ['', 'де', 'де', 'те', 'те', 'те', 'да', 'де', 'де', 'да'],
  tens: ['де', 'да', 'да', 'да', 'та', 'де'],
}
// The same table for the case of "from".
const ablative = {
  units: ['', 'ден', 'ден', 'тен', 'тен', 'тен', 'дан', 'ден', 'ден', 'дан'],
  tens: ['ден', 'нан', 'дан', 'дан', 'тан', 'ден'],
}
const minutes = Array.from({ length: 60 }, (_, minute) => minute)

describe('the time of a minute', () => {
  it.each([
    ['dative', dative],
    ['locative', locative],
    ['ablative', ablative],
  ] as const)('has the suffix of the word spoken last in the %s', (wanted, table) => {
    for (const minute of minutes) {
      const time = `07:${String(minute).padStart(2, '0')}`
      const suffix = minute % 10 === 0 ? table.tens[minute / 10] : table.units[minute % 10]
      expect(timeInCase(time, wanted)).toBe(`${time}-${suffix}`)
    }
  })

  it.each([
    ['07:00', 'dative', '07:00-ге'],
    ['18:30', 'dative', '18:30-ға'],
    ['20:00', 'dative', '20:00-ге'],
    ['07:10', 'dative', '07:10-ға'],
    ['07:15', 'dative', '07:15-ке'],
    ['07:16', 'dative', '07:16-ға'],
    ['07:40', 'dative', '07:40-қа'],
    ['07:50', 'dative', '07:50-ге'],
    ['07:00', 'locative', '07:00-де'],
    ['07:03', 'locative', '07:03-те'],
    ['07:09', 'locative', '07:09-да'],
    ['07:12', 'locative', '07:12-де'],
    ['07:40', 'locative', '07:40-та'],
    ['09:00', 'ablative', '09:00-ден'],
    ['06:59:10', 'ablative', '06:59:10-нан'],
  ] as const)('%s in the %s is %s', (time, wanted, text) => expect(timeInCase(time, wanted)).toBe(text))
})

describe('a month', () => {
  it.each([
    ['ablative', 'қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен қазаннан қарашадан желтоқсаннан'],
    ['locative', 'қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда'],
    ['dative', 'қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға'],
    ['genitive', 'қаңтардың ақпанның наурыздың сәуірдің мамырдың маусымның шілденің тамыздың қыркүйектің қазанның қарашаның желтоқсанның'],
    ['accusative', 'қаңтарды ақпанды наурызды сәуірді мамырды маусымды шілдені тамызды қыркүйекті қазанды қарашаны желтоқсанды'],
  ] as const)('has its suffix in the %s', (wanted, months) =>
    expect(kk.calendar.months.map((month) => inCase(month, wanted)).join(' ')).toBe(months),
  )
})
