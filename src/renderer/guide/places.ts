/** The part of the guide that tells of a page, by its heading in docs/user-guide.md. */
export const PLACES = {
  'work-list': 'work-list',
  case: 'review',
  'what-if': 'what-if',
  batches: 'batches',
  batch: 'batches',
  audit: 'audit',
  readings: 'readings',
  pacs: 'find-in-the-pacs',
  admin: 'administrator',
} as const

/** The same of the sections of the admin panel, by their names. */
export const ADMIN_PLACES: Record<string, string> = {
  'data-sets': 'data-sets',
  training: 'training',
  models: 'models',
  monitoring: 'monitoring',
  compute: 'compute',
  sources: 'sources',
  care: 'data-care',
  accounts: 'accounts',
  settings: 'settings',
}

/** Where nobody is signed in. */
export const BEFORE = 'the-first-day'
/** Of the dialog that lists the keys. */
export const KEYS = 'keys-and-mouse'

/** @param route as of the router */
export const placeOf = ({ page, section }: { page: keyof typeof PLACES; section?: string | null }): string =>
  (section ? ADMIN_PLACES[section] : undefined) ?? PLACES[page]
