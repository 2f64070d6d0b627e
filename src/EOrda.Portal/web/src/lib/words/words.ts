import type { Category, ChangeCause, Kind, PlaceState, Status } from '../api'
import type { Pattern } from '../standing'
import type { Calendar } from '../times'

/**
 * Everything that the page says. Times and dates come as the phrases of `Times` that the parameters are called after (`at`, `till`, `through`,
 * `beforeEnd`, `since`): no text adds a preposition or a suffix of its own.
 */
export interface Words {
  calendar: Calendar
  close: string
  title: string
  subtitle: string
  demonstration: string
  languageLabel: string
  clockLabel: (locality: string | null) => string
  untilOpening: string
  opensAt: (at: string) => string
  frozen: (till: string) => string
  queueLabel: string
  kinds: Record<Kind, string>
  /** A queue in a list that is narrow on a phone; a sanatorium queue by its profile's name. */
  queueOption: (kind: Kind, cohort: string) => string
  waiting: (count: number) => string
  loading: string
  mine: string
  chooseApplication: string
  nobody: string
  /** Without a category where benefits do not count. */
  parentOption: (application: string, position: number | null, category: string | null) => string
  ownNumber: string
  ownSecret: string
  enterOwn: string
  useOwn: string
  categories: Record<Category, string>
  statuses: Record<Status, string>
  causes: Record<string, string>
  position: string
  positionOf: (count: number) => string
  atLimit: (at: string) => string
  amongFirst: (window: number) => string
  notAmongFirst: (window: number) => string
  /** Before the release, when nothing is reserved yet. */
  amongFirstLater: (window: number, opens: string) => string
  notAmongFirstLater: (window: number, opens: string) => string
  stopListed: (through: string) => string
  returns: (at: string) => string
  reservedPlace: (place: string) => string
  timeLeft: string
  confirm: string
  drop: string
  cancel: string
  /** What to do with a referral, and its last date with the weekday. */
  referralValid: (date: string) => string
  verifyBenefit: string
  cancellable: (till: string, hours: number) => string
  changes: string
  noChanges: string
  moved: (from: number | null, to: number | null) => string
  others: Record<Exclude<ChangeCause, 'pattern'>, string>
  own: Record<Exclude<ChangeCause, 'pattern'>, string>
  /** The pattern moved on; with its shares where they are known. */
  patternMoved: (pattern: Pattern | null) => string
  places: string
  findKindergarten: string
  show: string
  showOpen: string
  showAll: string
  nothingFound: string
  available: (count: number) => string
  states: Record<PlaceState, string>
  priorityAccess: string
  openAccess: string
  from: (at: string) => string
  place: (place: string) => string
  reserve: string
  reservePlace: (place: string) => string
  reserveAny: string
  reserveAnyAt: (kindergarten: string) => string
  reserveTogether: (count: number) => string
  yours: string
  chooseFirst: string
  reserved: (places: readonly string[], till: string) => string
  confirmed: (referrals: readonly string[], beforeEnd: string) => string
  dropped: (at: string) => string
  cancelled: (at: string) => string
  lost: string
  noneLeft: (at: string) => string

  // What a bad network, a lapse and a phone need.
  noQueues: string
  chooseNow: string
  choice: string
  forget: string
  waitingForPortal: string
  waitingForAnswer: string
  live: string
  notLive: string
  noNews: (since: string) => string
  noNewsYet: string
  unknownDetail: string
  settled: string
  settledDecided: string
  settledUndecided: string
  lapsed: string
  /** How many lapses a day are allowed, and when the place opens again, where that is known. */
  lapsedDetail: (place: string, mostADay: number | null, at: string | null) => string
  ended: string
  endedDetail: (place: string) => string
  chooseAnother: string
  lastMinute: (place: string) => string
}
