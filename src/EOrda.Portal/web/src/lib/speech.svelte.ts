import { city } from './city.svelte'
import { language } from './language.svelte'
import { Times, type Zone } from './times'
import { words, type Words } from './words'

const utc: Zone = { offsetMinutes: 0, nextOffset: null }

/** How the page speaks now: its words, and its times in the locality's zone. */
class Speech {
  readonly #times = $derived(new Times(words[language.current].calendar, city.locality ?? utc))

  get words(): Words {
    return words[language.current]
  }

  get times(): Times {
    return this.#times
  }
}

/** The page's speech. */
export const speech = new Speech()
