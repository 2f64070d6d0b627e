// The numbers of live messages: a value's number is its place in its list (docs/api.md, "Live"). The portal's tests hold these lists against the server's.

/** What a place is doing. */
export const placeStates = ['reported', 'locked', 'available', 'reserved', 'referred', 'returning', 'enrolled', 'revoked'] as const

/** Who may take an available place. */
export const accesses = ['priority', 'open'] as const

/** The lanes of the order. */
export const lanes = ['out-of-turn', 'first-priority', 'general'] as const

/** Why the order changed. */
export const causes = [
  'filed',
  'reviewed',
  'referral',
  'withdrawal',
  'stop-list',
  'age',
  'stop-list-end',
  'return',
  'category',
  'pattern',
] as const
