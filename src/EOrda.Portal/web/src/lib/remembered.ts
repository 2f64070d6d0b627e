import type { Parent } from './api'
import { kept } from './kept'

/** A place that is held, and until when. */
export interface Hold {
  readonly place: string
  readonly until: number
}

/** Whom a tab plays, in which queue, and what they held when the page last knew. */
export interface RememberedFamily {
  readonly queue: string
  readonly parent: Parent
  readonly hold: Hold | null
}

const name = 'family'
const tab = (): Storage => sessionStorage

/** Whom this tab played before the page was opened anew; null where nobody, or where what was kept cannot be read. */
export function rememberedFamily(): RememberedFamily | null {
  try {
    const read = JSON.parse(kept.read(tab, name) ?? 'null') as RememberedFamily | null
    return read && typeof read.queue === 'string' && typeof read.parent.secret === 'string' ? read : null
  } catch {
    return null
  }
}

/** Keeps the family until the tab is closed: a reload, a step back and a tab that the phone threw away do not lose it. */
export function rememberFamily(family: RememberedFamily): void {
  kept.write(tab, name, JSON.stringify(family))
}

export function forgetFamily(): void {
  kept.write(tab, name, null)
}
