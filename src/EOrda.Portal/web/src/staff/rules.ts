/** The rules of a locality, as the portal tells them (docs/replay.md, "Parameters"). */
export type Rules = Record<string, string | number | boolean | (string | number)[]>

export interface Rule {
  name: RuleName
  kind: 'text' | 'number' | 'time' | 'dates' | 'ratio' | 'lead' | 'flag'
  /** True when it can never be changed. */
  fixed: boolean
}

const all = [
  ['timeZone', 'text', true],
  ['handover', 'time', false],
  ['release', 'time', false],
  ['freezeFrom', 'time', false],
  ['reservationMinutes', 'number', false],
  ['priorityWorkingDays', 'number', false],
  ['windowFactor', 'number', false],
  ['referralWorkingDays', 'number', false],
  ['cancelHours', 'number', false],
  ['returnMinutes', 'number', false],
  ['extensionMaxDays', 'number', false],
  ['stopListWorkingDays', 'number', false],
  ['missesAllowed', 'number', false],
  ['referralsPerMonth', 'number', false],
  ['lapsesPerDay', 'number', false],
  ['validMonths', 'number', false],
  ['ageLimit', 'number', true],
  ['ratio', 'ratio', true],
  ['lead', 'lead', true],
  ['carry', 'flag', true],
  ['holidays', 'dates', false],
  ['workdays', 'dates', false],
] as const

export type RuleName = (typeof all)[number][0]

export const rules: readonly Rule[] = all.map(([name, kind, fixed]) => ({ name, kind, fixed }))

/** The rules as they stand in a form: texts, but for what is ticked. */
export type RulesForm = Record<RuleName, string>

export function formOf(told: Rules): RulesForm {
  return Object.fromEntries(rules.map((rule) => [rule.name, textOf(told[rule.name])])) as RulesForm
}

/** What a form asks for; with a form before, only what is another. Something that is no number goes as it is, and the portal says so. */
export function draftOf(form: RulesForm, before: RulesForm | null): Rules {
  const wanted = rules.filter((rule) => before === null || form[rule.name].trim() !== before[rule.name].trim())
  return Object.fromEntries(wanted.map((rule) => [rule.name, valueOf(rule, form[rule.name].trim())]))
}

function textOf(value: Rules[string] | undefined): string {
  return Array.isArray(value) ? value.join(' ') : String(value ?? '')
}

function valueOf(rule: Rule, text: string): Rules[string] {
  const items = text.split(/[\s,;:]+/).filter((item) => item !== '')
  switch (rule.kind) {
    case 'number':
      return numberOf(text.replace(',', '.'))
    case 'ratio':
      return items.map(numberOf)
    case 'dates':
      return items
    case 'flag':
      return text === 'true'
    default:
      return text
  }
}

function numberOf(text: string): string | number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
