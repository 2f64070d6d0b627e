import { command, get, Problem, remember } from './asking'

export interface Duty {
  role: 'administrator' | 'authority' | 'kindergarten' | 'service-centre' | 'auditor'
  scope: string
}

export interface Session {
  login: string
  name: string
  duty: Duty
  duties: Duty[]
  expiresAt: string
  antiforgery: string
  endedAnother: boolean
}

const session = '/api/staff/session'

/** Who is signed in. */
class Signed {
  /** Null when nobody is, undefined while that is not known. */
  current = $state.raw<Session | null | undefined>(undefined)
  /** Why a session that was there is not any more. */
  ended = $state.raw<Problem | null>(null)

  async look(): Promise<void> {
    try {
      this.take(await get<Session>(session))
    } catch (e) {
      if (!(e instanceof Problem) || e.status !== 401) throw e
      this.current = null
    }
  }

  async signIn(login: string, password: string, code: string): Promise<void> {
    this.take(await command<Session>('POST', session, { login, password, code }))
    this.ended = null
  }

  async act(duty: Duty): Promise<void> {
    this.take(await command<Session>('POST', `${session}/duty`, { role: duty.role, scope: duty.scope }))
  }

  async signOut(): Promise<void> {
    await command('DELETE', session)
    this.current = null
  }

  /** Something was asked and refused: a session that has ended leads back to signing in. */
  refused(problem: Problem): void {
    if (problem.status !== 401 || !this.current) return
    this.ended = problem
    this.current = null
  }

  private take(told: Session): void {
    remember(told.antiforgery)
    this.current = told
  }
}

export const signed = new Signed()
