import { inCase, timeInCase } from './kazakh'
import type { Words } from './words'

export const kk: Words = {
  calendar: {
    months: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
    weekdays: ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'],
    date: (weekday, day, month) => `${day} ${month}, ${weekday}`,
    at: (date, time) => `${date === null ? '' : `${inCase(date, 'locative')}, `}сағат ${timeInCase(time, 'locative')}`,
    tomorrow: (time) => `ертең сағат ${timeInCase(time, 'locative')}`,
    till: (date, time) => `${date === null ? '' : `${date}, сағат `}${timeInCase(time, 'dative')} дейін`,
    through: (date) => `${inCase(date, 'accusative')} қоса алғанда`,
    beforeEndOf: (date) => `${inCase(date, 'genitive')} соңына дейін`,
    since: (time) => `${timeInCase(time, 'ablative')} бері`,
  },
  close: 'Хабарламаны жабу',
  title: 'Балабақшаға кезек',
  subtitle: 'Бос орындар таңертең ашылады. Орынды бұрын броньдаған алады. Алдымен орындар кезектегі алғашқыларға, кейін бәріне ашылады.',
  demonstration: 'Демонстрациялық нұсқа: адамдар ойдан шығарылған',
  languageLabel: 'Тіл',
  clockLabel: (locality) => (locality === null ? 'Портал уақыты' : `Портал уақыты, ${locality}`),
  untilOpening: 'Орындар ашылғанша',
  opensAt: (at) => `Орындар ${at} ашылады`,
  frozen: (till) => `${till} үзіліс: бронь да, жолдама да берілмейді`,
  queueLabel: 'Кезек',
  kinds: { general: 'Жалпы білім беру', special: 'Арнайы (түзету)', sanatorium: 'Санаторлық' },
  queueOption: (kind, cohort) =>
    kind === 'sanatorium' ? `Бейіні: ${cohort} · Санаторлық` : `${cohort} ж. т. · ${kind === 'special' ? 'Арнайы' : 'Жалпы білім беру'}`,
  waiting: (count) => `кезекте: ${count}`,
  loading: 'Жүктелуде…',
  mine: 'Менің өтінішім',
  chooseApplication: 'Өтініш',
  nobody: 'таңдалмаған',
  parentOption: (application, position, category) =>
    `${application} · ${position === null ? 'кезекте емес' : `№ ${position}`}${category === null ? '' : ` · ${category}`}`,
  ownNumber: 'Өтініш нөмірі',
  ownSecret: 'Өтініштің құпиясөзі',
  enterOwn: 'Басқа өтінішті ашу',
  useOwn: 'Ашу',
  categories: { 'out-of-turn': 'кезектен тыс құқық', 'first-priority': 'бірінші кезекте алу құқығы', general: 'жалпы негізде' },
  statuses: {
    review: 'қаралуда',
    waiting: 'кезекте',
    returning: 'кезекке қайтарылуда',
    'stop-listed': 'стоп-тізімде',
    referred: 'жолдама берілді',
    archived: 'архивте',
  },
  causes: {
    withdrawn: 'өтініш беруші қайтарып алды',
    refused: 'қызмет көрсетуден бас тартылды',
    enrolled: 'бала қабылданды',
    'missed-twice': 'жолдаманың мерзімі екі рет өтіп кетті',
    'too-old': 'жасы асқандықтан',
    'not-prolonged': 'ұзартылмады',
    'referral-expired': 'жолдаманың мерзімі өтті',
  },
  position: 'Кезек нөмірі',
  positionOf: (count) => `барлығы ${count}`,
  atLimit: (at) => `Бала ережеде белгіленген шекке жетті. Орынды ${at} қайта броньдауға болады.`,
  amongFirst: (window) =>
    window === 1
      ? 'Басым қолжетімділіктегі орындар: 1. Қазір сіздің өтінішіңіздің кезегі, орынды броньдай аласыз.'
      : `Басым қолжетімділіктегі орындар: ${window}. Сіздің өтінішіңіз алғашқы ${window} өтініштің қатарында: орын броньдай аласыз.`,
  notAmongFirst: (window) => `${priorityFor(window)} Еркін қолжетімділіктегі орындар сізге де ашық.`,
  amongFirstLater: (window, opens) =>
    window === 1
      ? `Басым қолжетімділіктегі орындар: 1. Қазір сіздің өтінішіңіздің кезегі. ${opens}.`
      : `Басым қолжетімділіктегі орындар: ${window}. Сіздің өтінішіңіз алғашқы ${window} өтініштің қатарында. ${opens}.`,
  notAmongFirstLater: (window, opens) => `${priorityFor(window)} ${opens}.`,
  stopListed: (through) => `Стоп-тізімде ${through}`,
  returns: (at) => `Кезекке ${at} қайтады`,
  reservedPlace: (place) => `№ ${place} орын сізге броньдалған`,
  timeLeft: 'Броньның аяқталуына',
  confirm: 'Жолдама алу',
  drop: 'Орыннан бас тарту',
  cancel: 'Жолдаманы жою',
  referralValid: (date) => `Балабақшаға келіп, шарт жасасатын соңғы күн: ${date}`,
  verifyBenefit: 'Жеңілдікті растау үшін құжаттардың түпнұсқасын білім басқармасының (бөлімінің) қызметкерлеріне көрсетіңіз.',
  cancellable: (till, count) =>
    `Жолдаманы ${till}, берілгеннен кейін ${count === 24 ? 'бір тәулік' : `${count} сағат`} ішінде ғана жоюға болады`,
  changes: 'Кезек нөмірі неге өзгерді',
  noChanges: 'Кезек нөмірі әзірге өзгерген жоқ.',
  moved: (from, to) => `${from ?? '—'} → ${to ?? '—'}`,
  others: {
    filed: 'Алдыңызға жеңілдігі бар немесе бұрынырақ берілген өтініш қойылды',
    reviewed: 'Алдыңыздағы өтініш қараудан өтті',
    referral: 'Алдыңыздағы өтініш берушіге жолдама берілді',
    withdrawal: 'Алдыңыздағы өтініш беруші өтінішін қайтарып алды',
    'stop-list': 'Алдыңыздағы өтініш стоп-тізімге түсті',
    age: 'Алдыңыздағы бала жасы асқандықтан шығарылды',
    'stop-list-end': 'Алдыңыздағы өтініш стоп-тізімнен қайтты',
    return: 'Алдыңыздағы өтініш кезекке қайтты',
    category: 'Басқа өтініш берушінің жеңілдігі өзгерді',
  },
  own: {
    filed: 'Өтініш берілді',
    reviewed: 'Өтініш қаралды',
    referral: 'Сізге жолдама берілді',
    withdrawal: 'Сіз өтінішті қайтарып алдыңыз',
    'stop-list': 'Өтініш стоп-тізімге жіберілді',
    age: 'Бала жасы асқандықтан кезектен шығарылды',
    'stop-list-end': 'Өтініш стоп-тізімнен қайтты',
    return: 'Өтініш кезекке қайтты',
    category: 'Жеңілдігіңіз өзгерді',
  },
  patternMoved: (pattern) => {
    const shares = pattern && `(бірінші кезектегі ${pattern.firstPriorityShare} өтінішке — жалпы негіздегі ${pattern.generalShare} өтініш)`
    return ['Өтініштердің кезектесуі өзгерді', shares].filter(Boolean).join(' ')
  },
  places: 'Орындар',
  findKindergarten: 'Балабақшаны іздеу',
  show: 'Көрсету',
  showOpen: 'бос және жақында ашылатын',
  showAll: 'барлық орындар',
  nothingFound: 'Мұндай орын жоқ. Іздеуді өзгертіңіз немесе «барлық орындар» дегенді таңдаңыз.',
  available: (count) => `бос: ${count}`,
  states: {
    reported: 'балабақша босатты',
    locked: 'таңертең ашылады',
    available: 'бос',
    reserved: 'броньдалған',
    referred: 'жолдама берілген',
    returning: 'қайтарылуда',
    enrolled: 'бала қабылданған',
    revoked: 'балабақша қайтарып алды',
  },
  priorityAccess: 'басым қолжетімділік',
  openAccess: 'еркін қолжетімділік',
  from: (at) => `${at} ашылады`,
  place: (place) => `№ ${place} орын`,
  reserve: 'Броньдау',
  reservePlace: (place) => `№ ${place} орынды броньдау`,
  reserveAny: 'Кез келген орынды броньдау',
  reserveAnyAt: (kindergarten) => `Кез келген орынды броньдау: ${kindergarten}`,
  reserveTogether: (count) => `Бауырларымен: ${count} орын`,
  yours: 'сіздікі',
  chooseFirst: 'Броньдау үшін алдымен өтінішті таңдаңыз.',
  reserved: (held, till) =>
    held.length === 1
      ? `№ ${held[0]} орын ${till} сізге броньдалды. Бронь біткенше жолдама алыңыз.`
      : `№ ${held.join(', ')} орындары ${till} сізге броньдалды. Бронь біткенше жолдамаларды алыңыз.`,
  confirmed: (referrals, beforeEnd) =>
    referrals.length === 1
      ? `№ ${referrals[0]} жолдама берілді. ${beforeEnd} балабақшамен шарт жасасыңыз, әйтпесе жолдама жойылады.`
      : `№ ${referrals.join(', ')} жолдамалары берілді. ${beforeEnd} балабақшамен шарттар жасасыңыз, әйтпесе жолдамалар жойылады.`,
  dropped: (at) => `Сіз орыннан бас тарттыңыз. Ол ${at} қайта ашылады.`,
  cancelled: (at) => `Жолдама жойылды. Өтініш ${at} кезекке қайтады.`,
  lost: 'Жауап жоқ',
  noneLeft: (at) => `Бұл кезек үшін бос орын қалмады. Жаңа орындар ${at} ашылады.`,

  noQueues: 'Әзірге кезек жоқ.',
  chooseNow: 'Өтінішті таңдау',
  choice: 'Кезек және өтініш',
  forget: 'Осы құрылғыда мені ұмыту',
  waitingForPortal: 'Порталдың жауабын күтіп тұрмыз…',
  waitingForAnswer: 'Порталдың жауабын күтіп тұрмыз. Сұрау өзі қайта жіберіледі және бір рет есептеледі.',
  live: 'бірден жаңарып тұрады',
  notLive: '2 секунд сайын жаңарады',
  noNews: (since) => `${since} жауап жоқ`,
  noNewsYet: 'портал әзірге жауап бермей тұр',
  unknownDetail:
    'Портал 30 секунд ішінде жауап бермеді. Сұрау қабылданған болуы да, жетпеген болуы да мүмкін. Байланыс қалпына келгенде нәтижесі осы жерде айтылады. Қайта басу қауіпсіз: бір балаға екі орын броньдалмайды.',
  settled: 'Байланыс қалпына келді',
  settledDecided: 'Сұрау қабылданған. «Менің өтінішім» бөлімін қараңыз.',
  settledUndecided: 'Сұрау қабылданбаған, ештеңе өзгерген жоқ. Қайта басуға болады.',
  lapsed: 'Броньның мерзімі өтті',
  lapsedDetail: (place, mostADay, at) => {
    const counts = mostADay && `Пайдаланылмаған бронь болып есептелді (күніне ең көбі ${mostADay}).`
    const opens = at === null ? 'Орын келесі күні, орындар ашылатын уақытта қайта ашылады.' : `Орын ${at} қайта ашылады.`
    return [`№ ${place} орын енді сізге броньдалмаған.`, counts, opens].filter(Boolean).join(' ')
  },
  ended: 'Бронь мерзімінен бұрын аяқталды',
  endedDetail: (place) => `№ ${place} орын енді сізге броньдалмаған: оны балабақша қайтарып алды немесе одан басқа құрылғыда бас тартылды.`,
  chooseAnother: 'Басқа орынды таңдай аласыз.',
  lastMinute: (place) => `№ ${place} орынның броні біткенше бір минуттан аз уақыт қалды. Жолдама алыңыз.`,
}

function priorityFor(window: number): string {
  if (window === 0) return 'Қазір басым қолжетімділікте орын жоқ.'
  return window === 1
    ? 'Басым қолжетімділіктегі орындар: 1. Әзірге ол кезектегі бірінші өтінішке арналған.'
    : `Басым қолжетімділіктегі орындар: ${window}. Әзірге олар кезектегі алғашқы ${window} өтінішке арналған.`
}
