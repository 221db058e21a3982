import { sectionUrl } from '../admin/section-url.ts'

/** In the place of a run's id, which never begins with a dot. */
export const NEW = '.new'
export const NEW_SEARCH = '.new-search'
const SEARCH = '.of-'

export const runsUrl = () => sectionUrl('training')
export const runUrl = (id: string) => sectionUrl('training', id)
export const newUrl = () => sectionUrl('training', NEW)
export const newSearchUrl = () => sectionUrl('training', NEW_SEARCH)
export const searchUrl = (id: string) => sectionUrl('training', `${SEARCH}${id}`)

/** The search that is named; null where it is something else. */
export const searchIn = (thing: string) => (thing.startsWith(SEARCH) ? thing.slice(SEARCH.length) : null)
