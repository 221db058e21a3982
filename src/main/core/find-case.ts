import { caseCode } from '../../shared/case-code.ts'
import { caseIdSchema, caseQuerySchema } from '../../shared/cases.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { ReadStore } from '../store/types.ts'

/** As many cases are looked at that the search finds by a code: texts may hold it, too. */
const MOST = 500

/**
 * The case that somebody names: by its id, the beginning of it (8 characters or more), or the code of a printed report.
 *
 * @throws GyrusError `case-unknown`, `case-ambiguous`
 */
export async function findCase(store: ReadStore, name: string): Promise<string> {
  if (caseIdSchema.safeParse(name).success) return name
  if (!/^[0-9a-f-]{8,40}$/i.test(name)) throw new GyrusError('case-unknown')
  const { rows } = await store.listCases(caseQuerySchema.parse({ search: name }), 0, MOST)
  const [lower, plain] = [name.toLowerCase(), name.replaceAll('-', '').toUpperCase()]
  const found = rows.filter(({ id }) => id.startsWith(lower) || caseCode(id).replace('-', '') === plain)
  const [first, second] = found
  if (!first) throw new GyrusError('case-unknown')
  if (second) throw new GyrusError('case-ambiguous', { code: name, n: found.length })
  return first.id
}
