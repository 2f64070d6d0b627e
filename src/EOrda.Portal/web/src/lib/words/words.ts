import type { Category, ChangeCause, Kind, PlaceState, Status } from '../api'
import type { Calendar } from '../times'

/** Everything that the page says. */
export interface Words {
  calendar: Calendar
  close: string
  title: string
  subtitle: string
  demonstration: string
  languageLabel: string
  clockLabel: string
  untilOpening: string
  opensAt: (time: string) => string
  frozen: (time: string) => string
  queueLabel: string
  kinds: Record<Kind, string>
  cohort: (kind: Kind, cohort: string) => string
  waiting: (count: number) => string
  loading: string
  mine: string
  chooseApplication: string
  nobody: string
  parentOption: (application: string, position: number | null, category: string) => string
  ownNumber: string
  ownSecret: string
  enterOwn: string
  useOwn: string
  categories: Record<Category, string>
  statuses: Record<Status, string>
  causes: Record<string, string>
  position: string
  positionOf: (count: number) => string
  amongFirst: (window: number) => string
  notAmongFirst: (window: number) => string
  until: (time: string) => string
  reservedPlace: (place: string) => string
  timeLeft: string
  confirm: string
  drop: string
  cancel: string
  /** The last date on which the referral can be used. */
  referralValid: (date: string) => string
  changes: string
  noChanges: string
  moved: (from: number | null, to: number | null) => string
  others: Record<ChangeCause, string>
  own: Record<ChangeCause, string>
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
  from: (time: string) => string
  till: (time: string) => string
  place: (place: string) => string
  reserve: string
  reservePlace: (place: string) => string
  reserveAny: string
  reserveAnyAt: (kindergarten: string) => string
  reserveTogether: (count: number) => string
  yours: string
  chooseFirst: string
  reserved: (places: string, time: string) => string
  confirmed: (referrals: string) => string
  dropped: (time: string) => string
  cancelled: (time: string) => string
  lost: string
  noneLeft: string

  // What a bad network, a lapse and a phone need.
  noQueues: string
  chooseNow: string
  choice: string
  forget: string
  waitingForPortal: string
  waitingForAnswer: string
  live: string
  notLive: string
  noNews: (asOf: string) => string
  noNewsYet: string
  unknownDetail: string
  settled: string
  settledDecided: string
  settledUndecided: string
  lapsed: string
  lapsedDetail: (place: string, mostADay: number | null, opens: string | null) => string
  ended: string
  endedDetail: (place: string) => string
  lastMinute: (place: string) => string
}
