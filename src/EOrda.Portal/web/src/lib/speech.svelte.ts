import { city } from './city.svelte'
import { language } from './language.svelte'
import { Times } from './times'
import { words, type Words } from './words'

/** How the page speaks now: its words, and its times in the locality's zone. */
class Speech {
  readonly #times = $derived(new Times(words[language.current].calendar, city.locality?.timeZone ?? 'UTC'))

  get words(): Words {
    return words[language.current]
  }

  get times(): Times {
    return this.#times
  }
}

/** The page's speech. */
export const speech = new Speech()
