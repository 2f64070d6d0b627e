import { plural } from './plural'
import type { Words } from './words'

const places = plural('ru', { one: 'место', few: 'места', many: 'мест', other: 'места' })
const hours = plural('ru', { one: 'час', few: 'часа', many: 'часов', other: 'часа' })
const firstPriority = plural('ru', { one: 'первоочередное', other: 'первоочередных' })

export const ru: Words = {
  calendar: {
    months: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
    weekdays: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
    date: (weekday, day, month) => `${weekday}, ${day} ${month}`,
    at: (date, time) => (date === null ? `в ${time}` : `${date} в ${time}`),
    tomorrow: (time) => `завтра в ${time}`,
    till: (date, time) => (date === null ? `до ${time}` : `до ${time} ${date}`),
    through: (date) => `по ${date} включительно`,
    beforeEndOf: (date) => `до конца ${date}`,
    since: (time) => `с ${time}`,
  },
  close: 'Закрыть сообщение',
  title: 'Очередь в детский сад',
  subtitle:
    'Свободные места открываются утром. Место получает тот, кто раньше забронирует. Сначала места открыты первым в очереди, затем всем.',
  demonstration: 'Демонстрация: люди вымышлены',
  languageLabel: 'Язык',
  clockLabel: (locality) => (locality === null ? 'Время портала' : `Время портала, ${locality}`),
  untilOpening: 'До открытия мест',
  opensAt: (at) => `Места откроются ${at}`,
  frozen: (till) => `Перерыв ${till}: ни броней, ни направлений`,
  queueLabel: 'Очередь',
  kinds: { general: 'Общеобразовательная', special: 'Специальная (коррекционная)', sanatorium: 'Санаторная' },
  queueOption: (kind, cohort) =>
    kind === 'sanatorium'
      ? `Профиль: ${cohort} · Санаторная`
      : `${cohort} г. р. · ${kind === 'special' ? 'Специальная' : 'Общеобразовательная'}`,
  waiting: (count) => `в очереди: ${count}`,
  loading: 'Загружаем…',
  mine: 'Моё заявление',
  chooseApplication: 'Заявление',
  nobody: 'не выбрано',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'не в очереди' : `№ ${position}`}${category === null ? '' : ` · ${category}`}`,
  ownNumber: 'Номер заявления',
  ownSecret: 'Пароль заявления',
  enterOwn: 'Открыть другое заявление',
  useOwn: 'Открыть',
  categories: { 'out-of-turn': 'внеочередная льгота', 'first-priority': 'первоочередная льгота', general: 'на общих основаниях' },
  statuses: {
    review: 'на рассмотрении',
    waiting: 'в очереди',
    returning: 'возвращается в очередь',
    'stop-listed': 'в стоп-листе',
    referred: 'выдано направление',
    archived: 'в архиве',
  },
  causes: {
    withdrawn: 'отозвано заявителем',
    refused: 'в постановке на очередь отказано',
    enrolled: 'ребёнок зачислен',
    'missed-twice': 'срок направления дважды истёк',
    'too-old': 'по возрасту',
    'not-prolonged': 'не продлено',
    'referral-expired': 'срок направления истёк',
  },
  position: 'Номер очереди',
  positionOf: (count) => `из ${count}`,
  atLimit: (at) => `Ребёнок достиг предела, установленного правилами. Снова забронировать место можно ${at}.`,
  amongFirst: (window) =>
    window === 1
      ? 'Мест в приоритетном доступе: 1. Сейчас очередь вашего заявления, место можно забронировать.'
      : `Мест в приоритетном доступе: ${window}. Вы среди первых ${window} и можете бронировать.`,
  notAmongFirst: (window) => `${priorityFor(window)} Места свободного доступа открыты и вам.`,
  amongFirstLater: (window, opens) =>
    window === 1
      ? `Мест в приоритетном доступе: 1. Сейчас очередь вашего заявления. ${opens}.`
      : `Мест в приоритетном доступе: ${window}. Вы среди первых ${window}. ${opens}.`,
  notAmongFirstLater: (window, opens) => `${priorityFor(window)} ${opens}.`,
  stopListed: (through) => `В стоп-листе ${through}`,
  returns: (at) => `Вернётся в очередь ${at}`,
  reservedPlace: (place) => `Вы забронировали место ${place}`,
  timeLeft: 'До конца брони',
  confirm: 'Получить направление',
  drop: 'Отказаться от места',
  cancel: 'Отменить направление',
  referralValid: (date) => `Придите в детский сад и заключите договор до конца дня: ${date}`,
  verifyBenefit: 'Подтвердите льготу: покажите оригиналы документов сотрудникам управления (отдела) образования.',
  cancellable: (till, count) => `Отменить можно ${till} (${count} ${hours(count)} с выдачи)`,
  changes: 'Почему изменился номер очереди',
  noChanges: 'Номер очереди пока не менялся.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'Впереди встало заявление с льготой или более ранней датой',
    reviewed: 'Заявление впереди прошло рассмотрение',
    referral: 'Заявителю впереди вас выдано направление',
    withdrawal: 'Заявитель впереди отозвал заявление',
    'stop-list': 'Заявление впереди перемещено в стоп-лист',
    age: 'Ребёнок впереди выбыл из очереди по возрасту',
    'stop-list-end': 'Заявление впереди вернулось из стоп-листа',
    return: 'Заявление впереди вернулось в очередь',
    category: 'У другого заявителя изменилась льгота',
  },
  own: {
    filed: 'Заявление подано',
    reviewed: 'Заявление рассмотрено',
    referral: 'Вам выдано направление',
    withdrawal: 'Вы отозвали заявление',
    'stop-list': 'Заявление перемещено в стоп-лист',
    age: 'Ребёнок выбыл из очереди по возрасту',
    'stop-list-end': 'Заявление вернулось из стоп-листа',
    return: 'Заявление вернулось в очередь',
    category: 'Изменилась ваша льгота',
  },
  patternMoved: (pattern) => {
    const shares =
      pattern &&
      `(на ${pattern.firstPriorityShare} ${firstPriority(pattern.firstPriorityShare)} — ${pattern.generalShare} на общих основаниях)`
    return ['Подошёл черёд другого вида заявлений', shares].filter(Boolean).join(' ')
  },
  places: 'Места',
  findKindergarten: 'Найти детский сад',
  show: 'Показать',
  showOpen: 'свободные и скоро открывающиеся',
  showAll: 'все места',
  nothingFound: 'Таких мест нет. Измените поиск или выберите «все места».',
  available: (count) => `свободно: ${count}`,
  states: {
    reported: 'освобождено садом',
    locked: 'откроется утром',
    available: 'свободно',
    reserved: 'забронировано',
    referred: 'выдано направление',
    returning: 'возвращается',
    enrolled: 'ребёнок зачислен',
    revoked: 'отозвано садом',
  },
  priorityAccess: 'приоритетный доступ',
  openAccess: 'свободный доступ',
  from: (at) => `откроется ${at}`,
  place: (place) => `Место ${place}`,
  reserve: 'Забронировать',
  reservePlace: (place) => `Забронировать место ${place}`,
  reserveAny: 'Забронировать любое место',
  reserveAnyAt: (kindergarten) => `Забронировать любое место: ${kindergarten}`,
  reserveTogether: (count) => `На всех детей: ${count} ${places(count)}`,
  yours: 'ваше',
  chooseFirst: 'Чтобы забронировать место, сначала выберите заявление.',
  reserved: (held, till) =>
    held.length === 1
      ? `Место ${held[0]} за вами ${till}. Получите направление, пока бронь действует.`
      : `Места ${held.join(', ')} за вами ${till}. Получите направления, пока бронь действует.`,
  confirmed: (referrals, beforeEnd) =>
    referrals.length === 1
      ? `Направление № ${referrals[0]} выдано. Заключите договор с детским садом ${beforeEnd}, иначе направление будет аннулировано.`
      : `Направления № ${referrals.join(', ')} выданы. Заключите договоры с детским садом ${beforeEnd}, иначе направления будут аннулированы.`,
  dropped: (at) => `Вы отказались от места. Оно снова откроется ${at}.`,
  cancelled: (at) => `Направление отменено. Заявление вернётся в очередь ${at}.`,
  lost: 'Ответа нет',
  noneLeft: (at) => `Свободных мест для этой очереди больше нет. Новые откроются ${at}.`,

  noQueues: 'Очередей пока нет.',
  chooseNow: 'Выбрать заявление',
  choice: 'Очередь и заявление',
  forget: 'Забыть меня на этом устройстве',
  waitingForPortal: 'Ждём ответа портала…',
  waitingForAnswer: 'Ждём ответа портала. Нажатие отправляется снова само и считается один раз.',
  live: 'обновляется сразу',
  notLive: 'обновляется раз в 2 секунды',
  noNews: (since) => `нет ответа ${since}`,
  noNewsYet: 'портал пока не отвечает',
  unknownDetail:
    'Портал не ответил за 30 секунд. Нажатие могло быть принято, а могло и не дойти. Как только связь появится, здесь будет сказано, что с ним стало. Нажать ещё раз безопасно: два места за ребёнком не закрепляются.',
  settled: 'Связь появилась',
  settledDecided: 'Нажатие было принято. Смотрите «Моё заявление».',
  settledUndecided: 'Нажатие не было принято, ничего не изменилось. Можно нажать ещё раз.',
  lapsed: 'Бронь истекла',
  lapsedDetail: (place, mostADay, at) => {
    const counts = mostADay && `Засчитана неиспользованная бронь (не больше ${mostADay} в день).`
    const opens = at === null ? 'Место снова откроется на следующий день, когда открываются места.' : `Место снова откроется ${at}.`
    return [`Место ${place} больше не за вами.`, counts, opens].filter(Boolean).join(' ')
  },
  ended: 'Бронь закончилась раньше',
  endedDetail: (place) => `Место ${place} больше не за вами: его отозвал детский сад или от него отказались на другом устройстве.`,
  chooseAnother: 'Можно выбрать другое место.',
  lastMinute: (place) => `До конца брони места ${place} осталось меньше минуты. Получите направление.`,
}

function priorityFor(window: number): string {
  if (window === 0) return 'Сейчас мест в приоритетном доступе нет.'
  return window === 1
    ? 'Мест в приоритетном доступе: 1. Пока оно для первого заявления в очереди.'
    : `Мест в приоритетном доступе: ${window}. Пока они для первых ${window} в очереди.`
}
