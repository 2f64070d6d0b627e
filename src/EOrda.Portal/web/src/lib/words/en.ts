import { plural } from './plural'
import type { Words } from './words'

const places = plural('en', { one: 'place', other: 'places' })
const hours = plural('en', { one: 'hour', other: 'hours' })

export const en: Words = {
  calendar: {
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    date: (weekday, day, month) => `${weekday}, ${day} ${month}`,
    at: (date, time) => (date === null ? `at ${time}` : `on ${date} at ${time}`),
    tomorrow: (time) => `tomorrow at ${time}`,
    till: (date, time) => (date === null ? `until ${time}` : `until ${time} on ${date}`),
    through: (date) => `to the end of ${date}`,
    beforeEndOf: (date) => `by the end of ${date}`,
    since: (time) => `since ${time}`,
  },
  close: 'Close the message',
  title: 'Kindergarten queue',
  subtitle:
    'Free places open in the morning. A place goes to whoever reserves it first. At first places are open to the head of the queue, then to all.',
  demonstration: 'Demonstration: the people are invented',
  languageLabel: 'Language',
  clockLabel: (locality) => (locality === null ? 'Portal time' : `Portal time, ${locality}`),
  untilOpening: 'Until places open',
  opensAt: (at) => `Places open ${at}`,
  frozen: (till) => `Pause ${till}: no reservations, no referrals`,
  queueLabel: 'Queue',
  kinds: { general: 'General', special: 'Special (correctional)', sanatorium: 'Sanatorium' },
  queueOption: (kind, cohort) =>
    kind === 'sanatorium' ? `Profile: ${cohort} · Sanatorium` : `Born in ${cohort} · ${kind === 'special' ? 'Special' : 'General'}`,
  waiting: (count) => `waiting: ${count}`,
  loading: 'Loading…',
  mine: 'My application',
  chooseApplication: 'Application',
  nobody: 'none chosen',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'not waiting' : `no. ${position}`}${category === null ? '' : ` · ${category}`}`,
  ownNumber: 'Application number',
  ownSecret: 'Application password',
  enterOwn: 'Open another application',
  useOwn: 'Open',
  categories: { 'out-of-turn': 'out-of-turn benefit', 'first-priority': 'first-priority benefit', general: 'no benefit' },
  statuses: {
    review: 'under review',
    waiting: 'in the queue',
    returning: 'returning to the queue',
    'stop-listed': 'in the stop-list',
    referred: 'referral issued',
    archived: 'archived',
  },
  causes: {
    withdrawn: 'withdrawn',
    refused: 'filing refused',
    enrolled: 'the child is enrolled',
    'missed-twice': 'two referrals expired',
    'too-old': 'over the age limit',
    'not-prolonged': 'not prolonged',
    'referral-expired': 'the referral expired',
  },
  position: 'Position in the queue',
  positionOf: (count) => `of ${count}`,
  atLimit: (at) => `This child is at a limit of the rules. A place can be reserved again ${at}.`,
  amongFirst: (window) =>
    window === 1
      ? 'Places in priority access: 1. It is your turn: you can reserve.'
      : `Places in priority access: ${window}. You are among the first ${window}. You can reserve.`,
  notAmongFirst: (window) => `${priorityFor(window)} Places in open access are open to you too.`,
  amongFirstLater: (window, opens) =>
    window === 1
      ? `Places in priority access: 1. It is your turn. ${opens}.`
      : `Places in priority access: ${window}. You are among the first ${window}. ${opens}.`,
  notAmongFirstLater: (window, opens) => `${priorityFor(window)} ${opens}.`,
  stopListed: (through) => `In the stop-list ${through}`,
  returns: (at) => `Back in the queue ${at}`,
  reservedPlace: (place) => `Place ${place} is held for you`,
  timeLeft: 'Reservation ends in',
  confirm: 'Get the referral',
  drop: 'Give up the place',
  cancel: 'Cancel the referral',
  referralValid: (date) => `Go to the kindergarten and sign the contract by the end of ${date}`,
  verifyBenefit: 'Show the original documents to the staff of the education department to verify the benefit.',
  cancellable: (till, count) => `Can be cancelled ${till} (${count} ${hours(count)} from issue)`,
  changes: 'Why your position changed',
  noChanges: 'Your position has not changed yet.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'An application with a benefit or an earlier date came in ahead',
    reviewed: 'An application ahead passed its review',
    referral: 'An applicant ahead was given a referral',
    withdrawal: 'An applicant ahead withdrew',
    'stop-list': 'An application ahead was moved to the stop-list',
    age: 'Someone ahead passed the age limit',
    'stop-list-end': 'An application ahead is back from the stop-list',
    return: 'An application ahead returned to the queue',
    category: "Another applicant's benefit changed",
  },
  own: {
    filed: 'The application was filed',
    reviewed: 'The application was reviewed',
    referral: 'You were given a referral',
    withdrawal: 'You withdrew',
    'stop-list': 'The application was moved to the stop-list',
    age: 'The child passed the age limit',
    'stop-list-end': 'The application is back from the stop-list',
    return: 'The application returned to the queue',
    category: 'Your benefit changed',
  },
  patternMoved: (pattern) => {
    const shares = pattern && `(${pattern.firstPriorityShare} to ${pattern.generalShare})`
    return ['The turn between first-priority and other applications', shares, 'moved on'].filter(Boolean).join(' ')
  },
  places: 'Places',
  findKindergarten: 'Find a kindergarten',
  show: 'Show',
  showOpen: 'free and soon to open',
  showAll: 'all places',
  nothingFound: 'No such places. Change the search or choose "all places".',
  available: (count) => `free: ${count}`,
  states: {
    reported: 'freed',
    locked: 'opens in the morning',
    available: 'free',
    reserved: 'reserved',
    referred: 'referral issued',
    returning: 'returning',
    enrolled: 'child enrolled',
    revoked: 'revoked',
  },
  priorityAccess: 'priority access',
  openAccess: 'open access',
  from: (at) => `opens ${at}`,
  place: (place) => `Place ${place}`,
  reserve: 'Reserve',
  reservePlace: (place) => `Reserve place ${place}`,
  reserveAny: 'Reserve any place',
  reserveAnyAt: (kindergarten) => `Reserve any place: ${kindergarten}`,
  reserveTogether: (count) => `With siblings: ${count} ${places(count)}`,
  yours: 'yours',
  chooseFirst: 'To reserve a place, choose an application first.',
  reserved: (held, till) =>
    held.length === 1
      ? `Place ${held[0]} is yours ${till}. Get the referral before then.`
      : `Places ${held.join(', ')} are yours ${till}. Get the referrals before then.`,
  confirmed: (referrals, beforeEnd) =>
    referrals.length === 1
      ? `Referral ${referrals[0]} is issued. Sign the contract with the kindergarten ${beforeEnd}, or the referral is annulled.`
      : `Referrals ${referrals.join(', ')} are issued. Sign the contracts with the kindergarten ${beforeEnd}, or the referrals are annulled.`,
  dropped: (at) => `You gave up the place. It opens again ${at}.`,
  cancelled: (at) => `The referral is cancelled. The application is back in the queue ${at}.`,
  lost: 'No answer',
  noneLeft: (at) => `No places are left for this queue. New ones open ${at}.`,

  noQueues: 'There are no queues yet.',
  chooseNow: 'Choose an application',
  choice: 'Queue and application',
  forget: 'Forget me on this device',
  waitingForPortal: 'Waiting for the portal…',
  waitingForAnswer: 'Waiting for the portal. The press is sent again by itself and counts once.',
  live: 'live',
  notLive: 'not live, asked every 2 seconds',
  noNews: (since) => `no answer ${since}`,
  noNewsYet: 'no answer from the portal yet',
  unknownDetail:
    'The portal has not answered for 30 seconds. The press may have been taken, or may not have arrived. When the connection is back, this page says which. Pressing again is safe: a child never holds two places.',
  settled: 'The connection is back',
  settledDecided: 'The press was taken. See "My application".',
  settledUndecided: 'The press was not taken and nothing has changed. You can press again.',
  lapsed: 'The reservation lapsed',
  lapsedDetail: (place, mostADay, at) => {
    const counts = mostADay && `It counts as an unused reservation (${mostADay} a day at most).`
    const opens = at === null ? 'The place opens again on the next day, when places open.' : `The place opens again ${at}.`
    return [`Place ${place} is no longer held for you.`, counts, opens].filter(Boolean).join(' ')
  },
  ended: 'The reservation ended early',
  endedDetail: (place) => `Place ${place} is no longer held for you: the kindergarten revoked it, or it was given up on another device.`,
  chooseAnother: 'You can choose another place.',
  lastMinute: (place) => `Place ${place} is held for less than a minute more. Get the referral.`,
}

function priorityFor(window: number): string {
  if (window === 0) return 'No places are in priority access now.'
  return window === 1
    ? 'Places in priority access: 1. For now it is for the first application in the queue.'
    : `Places in priority access: ${window}. For now they are for the first ${window} of the queue.`
}
