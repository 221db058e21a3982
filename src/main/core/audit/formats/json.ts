import type { EntryFormat } from './types.ts'

/** One JSON array, an entry a line. `detail` stays the text that the hash is about. */
export const json: EntryFormat = {
  mediaType: 'application/json',
  extension: 'json',
  before: '[',
  entry: (entry, _about, first) => `${first ? '' : ','}\n${JSON.stringify(entry)}`,
  after: '\n]\n',
}
