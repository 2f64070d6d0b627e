import { Problem } from './asking'
import { signed } from './session.svelte'

/** One form's press: while it is under way, what became of it. */
export class Attempt {
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  done = $state(false)

  async run(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.problem = null
    this.done = false
    try {
      await work()
      this.done = true
    } catch (e) {
      if (!(e instanceof Problem)) throw e
      this.problem = e
      signed.refused(e)
    } finally {
      this.busy = false
    }
  }
}
