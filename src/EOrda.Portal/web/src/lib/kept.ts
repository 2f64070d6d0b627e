/** What the browser keeps for the page. Where it may keep nothing the page works all the same, until it is closed. */
export const kept = {
  read(store: () => Storage, name: string): string | null {
    try {
      return store().getItem(name)
    } catch {
      return null
    }
  },

  write(store: () => Storage, name: string, value: string | null): void {
    try {
      if (value === null) store().removeItem(name)
      else store().setItem(name, value)
    } catch {
      return
    }
  },
}
