import type { DepartmentSettings } from '../../../shared/department.ts'

/**
 * What an administrator gives, with what a page is never told and leaves out: the password of the same user on the same server,
 * key and secret of the same bucket. Another server or store is not sent what was meant for this one.
 */
export function withKeptSecrets(given: DepartmentSettings, kept: DepartmentSettings | null): DepartmentSettings {
  if (!kept) return given
  const { filesKey = '', filesSecret = '' } = given
  const asBefore = filesKey === '' && filesSecret === '' && isSameStore(given.files, kept.files)
  const { filesKey: keptKey, filesSecret: keptSecret } = kept
  return {
    ...given,
    database: withKeptPassword(given.database, kept.database),
    ...(asBefore && { filesKey: keptKey, filesSecret: keptSecret }),
  }
}

function withKeptPassword(given: string, kept: string): string {
  const [url, before] = [URL.parse(given), URL.parse(kept)]
  if (!url || !before || url.password !== '') return given
  if (url.protocol !== before.protocol || url.host !== before.host || url.username !== before.username) return given
  if (elsewhere(url) !== elsewhere(before)) return given
  url.password = before.password
  return url.href
}

/** What else an address may say of where it leads and as whom, such as `host`: all but how TLS is spoken. */
function elsewhere({ searchParams }: URL): string {
  const said = new URLSearchParams(searchParams)
  for (const name of ['sslmode', 'sslrootcert']) said.delete(name)
  said.sort()
  return said.toString()
}

function isSameStore(given: string, kept: string): boolean {
  const [url, before] = [URL.parse(given), URL.parse(kept)]
  const endpoint = (of: URL) => of.searchParams.get('endpoint')
  return url !== null && before !== null && url.host === before.host && endpoint(url) === endpoint(before)
}
