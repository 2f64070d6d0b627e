import type { Category, ChangeCause, Kind, Status } from './api'
import type { PlaceState } from './city.svelte'
import type { Language } from './language.svelte'
import type { Calendar } from './times'

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
  connectionLost: string
  loading: string
  failed: string
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
  lostDetail: string
}

const ru: Words = {
  calendar: {
    months: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
    weekdays: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
    date: (weekday, day, month) => `${weekday}, ${day} ${month}`,
  },
  close: 'Закрыть сообщение',
  title: 'Очередь в детский сад',
  subtitle: 'Свободные места открываются утром. Кто первый выбрал место, за тем оно и закрепляется.',
  demonstration: 'Демонстрация: люди вымышлены',
  languageLabel: 'Язык',
  clockLabel: 'Время сервера, Алматы',
  untilOpening: 'До открытия мест',
  opensAt: (time) => `Места откроются в ${time}`,
  frozen: (time) => `Перерыв: до ${time} места не бронируются`,
  queueLabel: 'Очередь',
  kinds: { general: 'Общеобразовательная', special: 'Специальная (коррекционная)', sanatorium: 'Санаторная' },
  cohort: (kind, cohort) => (kind === 'sanatorium' ? `профиль ${cohort}` : `${cohort} год рождения`),
  waiting: (count) => `в очереди: ${count}`,
  connectionLost: 'Связь прервалась, восстанавливаем…',
  loading: 'Загружаем…',
  failed: 'Портал не отвечает. Обновите страницу.',
  mine: 'Моё заявление',
  chooseApplication: 'Заявление',
  nobody: 'не выбрано',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'не в очереди' : `№ ${position}`} · ${category}`,
  ownNumber: 'Номер заявления',
  ownSecret: 'Секрет заявления',
  enterOwn: 'Ввести другое заявление',
  useOwn: 'Открыть',
  categories: { 'out-of-turn': 'внеочередная', 'first-priority': 'первоочередная', general: 'на общих основаниях' },
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
    refused: 'отказано',
    enrolled: 'ребёнок зачислен',
    'missed-twice': 'направление дважды не использовано',
    'too-old': 'по возрасту',
    'not-prolonged': 'не продлено',
    'referral-expired': 'направление не использовано',
  },
  position: 'Номер в очереди',
  positionOf: (count) => `из ${count}`,
  amongFirst: (window) => `Мест в приоритетном доступе: ${window}. Вы среди первых ${window}.`,
  notAmongFirst: (window) =>
    window > 0
      ? `Мест в приоритетном доступе: ${window}. Пока они для первых ${window} в очереди.`
      : 'Сейчас мест в приоритетном доступе нет.',
  until: (time) => `до ${time}`,
  reservedPlace: (place) => `За вами место ${place}`,
  timeLeft: 'Осталось',
  confirm: 'Получить направление',
  drop: 'Отказаться от места',
  cancel: 'Отменить направление',
  referralValid: (date) => `Последний день направления: ${date}`,
  changes: 'Почему менялся номер',
  noChanges: 'Номер пока не менялся.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'Впереди встало заявление с льготой или более ранней датой',
    reviewed: 'Заявление впереди прошло рассмотрение',
    referral: 'Кому-то впереди выдано направление',
    withdrawal: 'Кто-то впереди отозвал заявление',
    'stop-list': 'Кто-то впереди попал в стоп-лист',
    age: 'Кто-то впереди выбыл по возрасту',
    'stop-list-end': 'Кто-то впереди вернулся из стоп-листа',
    return: 'Кто-то впереди вернулся в очередь',
    category: 'У кого-то изменилась льгота',
    pattern: 'Сдвинулось чередование льготных и общих заявлений',
  },
  own: {
    filed: 'Заявление подано',
    reviewed: 'Заявление рассмотрено',
    referral: 'Вам выдано направление',
    withdrawal: 'Вы отозвали заявление',
    'stop-list': 'Заявление попало в стоп-лист',
    age: 'Заявление выбыло по возрасту',
    'stop-list-end': 'Заявление вернулось из стоп-листа',
    return: 'Заявление вернулось в очередь',
    category: 'Изменилась ваша льгота',
    pattern: 'Сдвинулось чередование льготных и общих заявлений',
  },
  places: 'Места',
  findKindergarten: 'Найти детский сад',
  show: 'Показать',
  showOpen: 'свободные и скоро открывающиеся',
  showAll: 'все места',
  nothingFound: 'Таких мест нет.',
  available: (count) => `свободно: ${count}`,
  states: {
    reported: 'заявлено садом',
    locked: 'опубликовано',
    available: 'свободно',
    reserved: 'забронировано',
    referred: 'выдано направление',
    returning: 'возвращается',
    enrolled: 'ребёнок зачислен',
    revoked: 'отозвано садом',
  },
  priorityAccess: 'приоритетный доступ',
  openAccess: 'свободный доступ',
  from: (time) => `откроется ${time}`,
  till: (time) => `до ${time}`,
  place: (place) => `Место ${place}`,
  reserve: 'Забронировать',
  reservePlace: (place) => `Забронировать место ${place}`,
  reserveAny: 'Любое место этого сада',
  reserveAnyAt: (kindergarten) => `Забронировать любое место: ${kindergarten}`,
  reserveTogether: (count) => `Вместе с братьями и сёстрами: ${count} ${count < 5 ? 'места' : 'мест'}`,
  yours: 'ваше',
  chooseFirst: 'Чтобы бронировать, сначала выберите заявление.',
  reserved: (places, time) => `Место ${places} за вами до ${time}. Получите направление, пока бронь действует.`,
  confirmed: (referrals) => `Направление № ${referrals} выдано.`,
  dropped: (time) => `Вы отказались от места. Оно снова откроется ${time}.`,
  cancelled: (time) => `Направление отменено. Заявление вернётся в очередь в ${time}.`,
  lost: 'Ответа нет',
  lostDetail: 'Портал не ответил. Посмотрите состояние заявления и, если место не за вами, нажмите ещё раз.',
}

const kk: Words = {
  calendar: {
    months: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
    weekdays: ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'],
    date: (weekday, day, month) => `${day} ${month}, ${weekday}`,
  },
  close: 'Хабарламаны жабу',
  title: 'Балабақша кезегі',
  subtitle: 'Бос орындар таңертең ашылады. Орынды кім бірінші таңдаса, ол соған бекітіледі.',
  demonstration: 'Көрсетілім: адамдар ойдан шығарылған',
  languageLabel: 'Тіл',
  clockLabel: 'Сервер уақыты, Алматы',
  untilOpening: 'Орындар ашылғанша',
  opensAt: (time) => `Орындар сағат ${time} ашылады`,
  frozen: (time) => `Үзіліс: ${time} дейін орын броньдалмайды`,
  queueLabel: 'Кезек',
  kinds: { general: 'Жалпы білім беретін', special: 'Арнайы (түзету)', sanatorium: 'Санаторлық' },
  cohort: (kind, cohort) => (kind === 'sanatorium' ? `бейіні: ${cohort}` : `${cohort} жылы туғандар`),
  waiting: (count) => `кезекте: ${count}`,
  connectionLost: 'Байланыс үзілді, қалпына келтіріп жатырмыз…',
  loading: 'Жүктелуде…',
  failed: 'Портал жауап бермейді. Бетті жаңартыңыз.',
  mine: 'Менің өтінішім',
  chooseApplication: 'Өтініш',
  nobody: 'таңдалмаған',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'кезекте емес' : `№ ${position}`} · ${category}`,
  ownNumber: 'Өтініш нөмірі',
  ownSecret: 'Өтініштің құпия кілті',
  enterOwn: 'Басқа өтінішті енгізу',
  useOwn: 'Ашу',
  categories: { 'out-of-turn': 'кезектен тыс', 'first-priority': 'бірінші кезекте', general: 'жалпы негізде' },
  statuses: {
    review: 'қаралуда',
    waiting: 'кезекте',
    returning: 'кезекке қайтуда',
    'stop-listed': 'стоп-тізімде',
    referred: 'жолдама берілді',
    archived: 'архивте',
  },
  causes: {
    withdrawn: 'өтініш беруші қайтарып алды',
    refused: 'бас тартылды',
    enrolled: 'бала қабылданды',
    'missed-twice': 'жолдама екі рет пайдаланылмады',
    'too-old': 'жасы бойынша',
    'not-prolonged': 'ұзартылмады',
    'referral-expired': 'жолдама пайдаланылмады',
  },
  position: 'Кезектегі нөмір',
  positionOf: (count) => `${count} ішінде`,
  amongFirst: (window) => `Басым қолжетімділіктегі орындар: ${window}. Сіз алғашқы ${window} өтініштің қатарындасыз.`,
  notAmongFirst: (window) =>
    window > 0
      ? `Басым қолжетімділіктегі орындар: ${window}. Әзірге олар кезектегі алғашқы ${window} өтінішке арналған.`
      : 'Қазір басым қолжетімділікте орын жоқ.',
  until: (time) => `${time} дейін`,
  reservedPlace: (place) => `${place} орны сізге броньдалған`,
  timeLeft: 'Қалған уақыт',
  confirm: 'Жолдама алу',
  drop: 'Орыннан бас тарту',
  cancel: 'Жолдаманы жою',
  referralValid: (date) => `Жолдаманың соңғы күні: ${date}`,
  changes: 'Нөмір неге өзгерді',
  noChanges: 'Нөмір әзірге өзгерген жоқ.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'Алға жеңілдігі бар немесе бұрынырақ берілген өтініш тұрды',
    reviewed: 'Алдағы өтініш қараудан өтті',
    referral: 'Алдағы біреуге жолдама берілді',
    withdrawal: 'Алдағы біреу өтінішін қайтарып алды',
    'stop-list': 'Алдағы біреу стоп-тізімге түсті',
    age: 'Алдағы біреу жасы бойынша шықты',
    'stop-list-end': 'Алдағы біреу стоп-тізімнен қайтты',
    return: 'Алдағы біреу кезекке қайтты',
    category: 'Біреудің жеңілдігі өзгерді',
    pattern: 'Жеңілдікті және жалпы өтініштердің кезектесуі жылжыды',
  },
  own: {
    filed: 'Өтініш берілді',
    reviewed: 'Өтініш қаралды',
    referral: 'Сізге жолдама берілді',
    withdrawal: 'Сіз өтінішті қайтарып алдыңыз',
    'stop-list': 'Өтініш стоп-тізімге түсті',
    age: 'Өтініш жасы бойынша шықты',
    'stop-list-end': 'Өтініш стоп-тізімнен қайтты',
    return: 'Өтініш кезекке қайтты',
    category: 'Жеңілдігіңіз өзгерді',
    pattern: 'Жеңілдікті және жалпы өтініштердің кезектесуі жылжыды',
  },
  places: 'Орындар',
  findKindergarten: 'Балабақшаны табу',
  show: 'Көрсету',
  showOpen: 'бос және жақында ашылатын',
  showAll: 'барлық орындар',
  nothingFound: 'Мұндай орын жоқ.',
  available: (count) => `бос: ${count}`,
  states: {
    reported: 'балабақша хабарлады',
    locked: 'жарияланды',
    available: 'бос',
    reserved: 'броньдалған',
    referred: 'жолдама берілген',
    returning: 'қайтарылуда',
    enrolled: 'бала қабылданған',
    revoked: 'балабақша қайтарып алды',
  },
  priorityAccess: 'басым қолжетімділік',
  openAccess: 'еркін қолжетімділік',
  from: (time) => `${time} ашылады`,
  till: (time) => `${time} дейін`,
  place: (place) => `${place} орны`,
  reserve: 'Броньдау',
  reservePlace: (place) => `${place} орнын броньдау`,
  reserveAny: 'Осы балабақшаның кез келген орны',
  reserveAnyAt: (kindergarten) => `Кез келген орынды броньдау: ${kindergarten}`,
  reserveTogether: (count) => `Бауырларымен бірге: ${count} орын`,
  yours: 'сіздікі',
  chooseFirst: 'Броньдау үшін алдымен өтінішті таңдаңыз.',
  reserved: (places, time) => `${places} орны ${time} дейін сізге броньдалды. Бронь біткенше жолдама алыңыз.`,
  confirmed: (referrals) => `№ ${referrals} жолдама берілді.`,
  dropped: (time) => `Сіз орыннан бас тарттыңыз. Ол ${time} қайта ашылады.`,
  cancelled: (time) => `Жолдама жойылды. Өтініш ${time} кезекке қайтады.`,
  lost: 'Жауап жоқ',
  lostDetail: 'Портал жауап бермеді. Өтініштің күйін қараңыз; орын сізге броньдалмаған болса, қайта басыңыз.',
}

const en: Words = {
  calendar: {
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    date: (weekday, day, month) => `${weekday}, ${day} ${month}`,
  },
  close: 'Close the message',
  title: 'Kindergarten queue',
  subtitle: 'Free places open in the morning. Whoever chooses a place first holds it.',
  demonstration: 'Demonstration: the people are invented',
  languageLabel: 'Language',
  clockLabel: 'Server time, Almaty',
  untilOpening: 'Until places open',
  opensAt: (time) => `Places open at ${time}`,
  frozen: (time) => `Freeze: nothing is reserved until ${time}`,
  queueLabel: 'Queue',
  kinds: { general: 'General', special: 'Special (correctional)', sanatorium: 'Sanatorium' },
  cohort: (kind, cohort) => (kind === 'sanatorium' ? `profile ${cohort}` : `Born in ${cohort}`),
  waiting: (count) => `waiting: ${count}`,
  connectionLost: 'The connection is lost, restoring it…',
  loading: 'Loading…',
  failed: 'The portal does not answer. Reload the page.',
  mine: 'My application',
  chooseApplication: 'Application',
  nobody: 'none chosen',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'not waiting' : `no. ${position}`} · ${category}`,
  ownNumber: 'Application number',
  ownSecret: "The application's secret",
  enterOwn: 'Enter another application',
  useOwn: 'Open',
  categories: { 'out-of-turn': 'out of turn', 'first-priority': 'first priority', general: 'general' },
  statuses: {
    review: 'under review',
    waiting: 'in the queue',
    returning: 'coming back to the queue',
    'stop-listed': 'in the stop-list',
    referred: 'referral issued',
    archived: 'archived',
  },
  causes: {
    withdrawn: 'withdrawn',
    refused: 'refused',
    enrolled: 'the child is enrolled',
    'missed-twice': 'two referrals were not used',
    'too-old': 'for age',
    'not-prolonged': 'not prolonged',
    'referral-expired': 'the referral was not used',
  },
  position: 'Position',
  positionOf: (count) => `of ${count}`,
  amongFirst: (window) => `Places in priority access: ${window}. You are among the first ${window}.`,
  notAmongFirst: (window) =>
    window > 0
      ? `Places in priority access: ${window}. For now they are for the first ${window} of the queue.`
      : 'No places are in priority access now.',
  until: (time) => `until ${time}`,
  reservedPlace: (place) => `Place ${place} is held for you`,
  timeLeft: 'Time left',
  confirm: 'Get the referral',
  drop: 'Give the place up',
  cancel: 'Cancel the referral',
  referralValid: (date) => `The referral's last day: ${date}`,
  changes: 'Why the position changed',
  noChanges: 'The position has not changed yet.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'An application with a benefit or an earlier date came in ahead',
    reviewed: 'An application ahead passed its review',
    referral: 'Someone ahead was given a referral',
    withdrawal: 'Someone ahead withdrew',
    'stop-list': 'Someone ahead went to the stop-list',
    age: 'Someone ahead left for age',
    'stop-list-end': 'Someone ahead is back from the stop-list',
    return: 'Someone ahead came back to the queue',
    category: "Someone's benefit changed",
    pattern: 'The alternation of benefits and general applications moved on',
  },
  own: {
    filed: 'The application was filed',
    reviewed: 'The application was reviewed',
    referral: 'You were given a referral',
    withdrawal: 'You withdrew',
    'stop-list': 'The application went to the stop-list',
    age: 'The application left for age',
    'stop-list-end': 'The application is back from the stop-list',
    return: 'The application came back to the queue',
    category: 'Your benefit changed',
    pattern: 'The alternation of benefits and general applications moved on',
  },
  places: 'Places',
  findKindergarten: 'Find a kindergarten',
  show: 'Show',
  showOpen: 'free and soon to open',
  showAll: 'all places',
  nothingFound: 'There are no such places.',
  available: (count) => `free: ${count}`,
  states: {
    reported: 'reported',
    locked: 'published',
    available: 'free',
    reserved: 'reserved',
    referred: 'referral issued',
    returning: 'returning',
    enrolled: 'child enrolled',
    revoked: 'revoked',
  },
  priorityAccess: 'priority access',
  openAccess: 'open access',
  from: (time) => `opens ${time}`,
  till: (time) => `until ${time}`,
  place: (place) => `Place ${place}`,
  reserve: 'Reserve',
  reservePlace: (place) => `Reserve place ${place}`,
  reserveAny: 'Any place here',
  reserveAnyAt: (kindergarten) => `Reserve any place: ${kindergarten}`,
  reserveTogether: (count) => `With siblings: ${count} places`,
  yours: 'yours',
  chooseFirst: 'Choose an application first to reserve.',
  reserved: (places, time) => `Place ${places} is yours until ${time}. Get the referral before then.`,
  confirmed: (referrals) => `Referral no. ${referrals} is issued.`,
  dropped: (time) => `You gave the place up. It opens again ${time}.`,
  cancelled: (time) => `The referral is cancelled. The application is back in the queue at ${time}.`,
  lost: 'No answer',
  lostDetail: 'The portal did not answer. Look at the application; if the place is not yours, press again.',
}

/** What the page says in each language. */
export const words: Record<Language, Words> = { kk, ru, en }
