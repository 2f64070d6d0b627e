export type Case = 'dative' | 'locative' | 'genitive' | 'accusative' | 'ablative'

type Ending = 'vowel' | 'nasal' | 'voiced' | 'voiceless'

// After back vowels, after front vowels.
const suffixes: Record<Case, Record<Ending, readonly [string, string]>> = {
  dative: { vowel: ['ға', 'ге'], nasal: ['ға', 'ге'], voiced: ['ға', 'ге'], voiceless: ['қа', 'ке'] },
  locative: { vowel: ['да', 'де'], nasal: ['да', 'де'], voiced: ['да', 'де'], voiceless: ['та', 'те'] },
  genitive: { vowel: ['ның', 'нің'], nasal: ['ның', 'нің'], voiced: ['дың', 'дің'], voiceless: ['тың', 'тің'] },
  accusative: { vowel: ['ны', 'ні'], nasal: ['ды', 'ді'], voiced: ['ды', 'ді'], voiceless: ['ты', 'ті'] },
  ablative: { vowel: ['дан', 'ден'], nasal: ['нан', 'нен'], voiced: ['дан', 'ден'], voiceless: ['тан', 'тен'] },
}

const ones = ['нөл', 'бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз', 'тоғыз'] as const
const tens = ['нөл', 'он', 'жиырма', 'отыз', 'қырық', 'елу'] as const

// у and и stand in back and in front words: the vowel before them tells.
const back = 'аоұыяё'
const front = 'әеөүіэ'
const vowels = `${back}${front}уию`
const nasals = 'мнң'
const voiceless = 'пфкқтсшщчцхһбвгд'

/** A noun, or a phrase that ends with one, in a case: маусым, маусымға. */
export function inCase(noun: string, wanted: Case): string {
  return noun + suffixOf(noun, wanted)
}

/** A clock time in a case, with the suffix of the word that is spoken last; of a full hour or minute that is нөл (004: 20.00-ге дейін). */
export function timeInCase(time: string, wanted: Case): string {
  const minutes = Number(time.slice(-2))
  const spoken = (minutes % 10 === 0 ? tens[minutes / 10] : ones[minutes % 10]) ?? ''
  return `${time}-${suffixOf(spoken, wanted)}`
}

function suffixOf(noun: string, wanted: Case): string {
  const telling = [...noun].reverse().find((letter) => back.includes(letter) || front.includes(letter))
  const [afterBack, afterFront] = suffixes[wanted][endingOf(noun.at(-1) ?? '')]
  return telling !== undefined && front.includes(telling) ? afterFront : afterBack
}

function endingOf(letter: string): Ending {
  if (vowels.includes(letter)) return 'vowel'
  if (nasals.includes(letter)) return 'nasal'
  return voiceless.includes(letter) ? 'voiceless' : 'voiced'
}
