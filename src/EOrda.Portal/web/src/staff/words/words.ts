import type { RuleName } from '../rules'

/** What the page of staff says. */
export interface Words {
  title: string
  subtitle: string
  languageLabel: string
  loading: string
  again: string
  unanswered: string
  enrolling: string
  scan: string
  typeKey: string
  qr: string
  choosePassword: string
  newPassword: string
  passwordHint: string
  code: string
  codeHint: string
  enrol: string
  toSignIn: string
  signIn: string
  login: string
  password: string
  enter: string
  signOut: string
  endedAnother: string
  actAs: string
  nothingYet: string
  localities: string
  noLocalities: string
  setUp: string
  doSetUp: string
  cancel: string
  save: string
  yes: string
  no: string
  localityKey: string
  localityKeyHint: string
  letters: string
  lettersHint: string
  rulesOfLocality: string
  rulesInForce: string
  reason: string
  reasonHint: string
  rename: string
  amendments: string
  amend: string
  compare: string
  difference: string
  noDifference: string
  rule: string
  before: string
  after: string
  from: string
  fromHint: string
  doAmend: string
  amended: string
  withdraw: string
  datesHint: string
  ratioHint: string
  kindergartens: string
  more: string
  import: string
  importColumns: string
  file: string
  tooLarge: string
  dryRun: string
  doImport: string
  wouldImport: string
  didImport: string
  nothingImported: string
  importBroken: string
  importAgain: string
  faults: string
  line: string
  column: string
  fault: string
  register: string
  doRegister: string
  registered: string
  kindergartenKey: string
  kindergartenKeyHint: string
  kind: string
  ownership: string
  staff: string
  invite: string
  doInvite: string
  personName: string
  role: string
  giveLink: string
  enrolled: string
  notEnrolled: string
  roleOf: string
  grant: string
  inviteAgain: string
  block: string
  blockDays: string
  unblock: string
  roles: Record<'administrator' | 'authority' | 'kindergarten' | 'service-centre' | 'auditor', string>
  kinds: Record<'general' | 'special' | 'sanatorium', string>
  ownerships: Record<'state' | 'private', string>
  leads: Record<'firstPriority' | 'general', string>
  states: Record<'pending' | 'decided' | 'refused' | 'withdrawn', string>
  name: Record<'kk' | 'ru' | 'en', string>
  address: Record<'kk' | 'ru' | 'en', string>
  rules: Record<RuleName, string>
  fieldIs: (field: string) => string
  enrollingAs: (login: string) => string
  duty: (role: string, scope: string) => string
  kindergartenCount: (count: number) => string
  missingYear: (year: number) => string
  importing: (done: number, total: number) => string
  importCounts: (rows: number, fresh: number, changed: number, same: number, bad: number) => string
  blockedUntil: (date: string, reason: string) => string
  changeMember: (login: string) => string
  revoke: (duty: string) => string
}
