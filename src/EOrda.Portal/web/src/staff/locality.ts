import type { RuleName, Rules } from './rules'

export interface Name {
  kk: string
  ru: string
  en: string
}

export interface LocalityEntry {
  locality: string
  letters: string | null
  name: Name | null
  kindergartens: number
  missingYear: number | null
}

export interface Amendment {
  amendment: string
  from: string
  askedAt: string
  state: 'pending' | 'decided' | 'refused' | 'withdrawn'
  rules: RuleName[]
}

export interface LocalityRules {
  locality: LocalityEntry
  rules: Rules
  amendments: Amendment[]
}

export interface Change {
  rule: RuleName
  before: string
  after: string
}

export interface Kindergarten {
  kindergarten: string
  kind: 'general' | 'special' | 'sanatorium'
  name: Name | null
  address: Name | null
  latitude: number | null
  longitude: number | null
  ownership: 'state' | 'private' | null
}

export interface ImportReport {
  dryRun: boolean
  rows: number
  new: number
  changed: number
  same: number
  badRows: number
  faults: { line: number; column: string; fault: string }[]
}

export interface ImportLine {
  done: number
  total: number
  report: ImportReport | null
  problem: string | null
}

/** The address of a locality. */
export function addressOf(locality: string): string {
  return `/api/administration/localities/${encodeURIComponent(locality)}`
}
