/** Where a part of the admin panel is, or one thing in it. */
export const sectionUrl = (section: string, id?: string): string =>
  `#/admin/${section}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

/** The results of a model. */
export const resultsUrl = (id: string): string => `${sectionUrl('models', id)}/results`
