import { kept } from './kept'

export type Language = 'kk' | 'ru' | 'en'

export const languages: readonly { code: Language; name: string }[] = [
  { code: 'kk', name: 'Қазақша' },
  { code: 'ru', name: 'Русский' },
  { code: 'en', name: 'English' },
]

const remembered = 'language'

class Choice {
  current = $state<Language>(initial())

  choose(wanted: Language): void {
    this.current = wanted
    kept.write(() => localStorage, remembered, wanted)
  }
}

function initial(): Language {
  const wanted = [kept.read(() => localStorage, remembered), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())]
  return languages.map((l) => l.code).find((code) => code === wanted.find((tag) => languages.some((l) => l.code === tag))) ?? 'ru'
}

/** The language of the page. */
export const language = new Choice()
