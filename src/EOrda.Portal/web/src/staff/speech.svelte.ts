import { language } from '../lib/language.svelte'
import { en } from './words/en'
import { kk } from './words/kk'
import { ru } from './words/ru'
import type { Words } from './words/words'

/** What the page of staff says in each language. */
export const words: Record<'kk' | 'ru' | 'en', Words> = { kk, ru, en }

/** The words of the language that is chosen. */
export const speech = {
  get words(): Words {
    return words[language.current]
  },
}
