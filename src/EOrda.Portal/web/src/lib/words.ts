import type { Language } from './language.svelte'
import { en } from './words/en'
import { kk } from './words/kk'
import { ru } from './words/ru'
import type { Words } from './words/words'

export type { Words }

/** What the page says in each language. */
export const words: Record<Language, Words> = { kk, ru, en }
