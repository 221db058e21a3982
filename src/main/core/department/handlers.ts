import { resolve } from 'node:path'
import type { RequestName } from '../../../shared/contract.ts'
import type { DepartmentSettings, ShownSettings, Tried } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { isS3 } from '../../../shared/files-place.ts'
import type { LoggedAct, RecordMark, Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Reading } from '../reading/index.ts'
import { FilesMark } from './files/mark.ts'
import { refuseOwnFolder, tryFiles } from './files/places.ts'
import { withKeptSecrets } from './kept-secrets.ts'
import { type Department, databasePlace, filesPlaceOf, keepSettings, settingsOf, stationOf } from './settings.ts'
import { isByEnvironment } from './settings-place.ts'
import type { SharedWork } from './shared-work.ts'

/** Looks where an address leads, and changes nothing there. Errors as of opening a department's record. */
export type TryDatabase = (url: string) => Promise<{ found: Tried; mark: RecordMark }>

interface Parts {
  folder: DataFolder
  store: Store
  /** Null where there is one workstation. */
  department: SharedWork | null
  tryDatabase: TryDatabase
  reading: Pick<Reading, 'blind'>
}

type DepartmentRequest = Extract<RequestName, `department.${string}`>

/** The contract's entries on the department, and on joining one. */
export function departmentHandlers(parts: Parts): Pick<Handlers, DepartmentRequest> {
  const { folder, store, department, tryDatabase, reading } = parts
  const log = (act: LoggedAct['act'], actor: string, detail: Record<string, string> = {}) =>
    store.log({ actor, act, subject: 'department', detail: { station: stationOf(folder.root), ...detail } })
  const tried = async (settings: DepartmentSettings) => {
    if (isByEnvironment()) throw new GyrusError('department-by-environment')
    refuseOwnFolder(folder.root, settings.files)
    await tryFiles(settings)
    const { found, mark } = await tryDatabase(settings.database)
    await new FilesMark(filesPlaceOf(settings)).compare(mark)
    return found
  }
  return {
    'department.outbox': async (_, { reader }) => {
      const { cases, away } = department?.outbox.status ?? { cases: [], away: false }
      // Where nobody can say what is kept from this reader, all is.
      if (cases.length === 0 || (await reading.blind(reader).catch(() => reader)) === null) return { cases, away }
      return { cases: cases.map((one) => ({ ...one, label: null, confidence: null, kept: one.read })), away }
    },
    'department.work': async () => (await department?.work()) ?? null,
    'department.get': async () => (await department?.status()) ?? null,
    'department.retry': async (_, { reader }) => {
      if (!department) throw new GyrusError('department-missing')
      return { cases: await department.retry(reader) }
    },
    'department.limits': async () => department?.limits ?? null,
    'department.setLimits': async (limits, { reader }) => {
      if (!department) throw new GyrusError('department-missing')
      return department.setLimits(limits, reader)
    },
    'department.settings': async () => shown(folder),
    'department.try': (given) => tried(withKeptSecrets(given, keptIn(folder))),
    'department.join': async (given, { reader }) => {
      const settings = toKeep(withKeptSecrets(given, keptIn(folder)))
      const found = await tried(settings)
      keepSettings(folder.root, settings)
      await log('department.joined', reader, { database: withoutPassword(given.database) })
      return found
    },
    'department.leave': async (_, { reader }) => {
      if (isByEnvironment()) throw new GyrusError('department-by-environment')
      keepSettings(folder.root, null)
      await log('department.left', reader)
      return {}
    },
  }
}

/** Only a store has a key and a secret. */
function toKeep({ database, files, filesKey, filesSecret }: DepartmentSettings): DepartmentSettings {
  return isS3(files) ? { database, files, filesKey, filesSecret } : { database, files: resolve(files) }
}

/** What is set, else what this Gyrus was begun with. */
const keptIn = ({ root, department }: DataFolder): DepartmentSettings | null =>
  settingsOf(root) ?? (department && asSettings(department))

const asSettings = ({ database, files, credentials: { key, secret } }: Department): DepartmentSettings => ({
  ...{ database, files, filesKey: key, filesSecret: secret },
})

function shown(folder: DataFolder): ShownSettings {
  const { root, department } = folder
  const [set, kept] = [settingsOf(root), keptIn(folder)]
  return {
    database: set && withoutPassword(set.database),
    files: set?.files ?? null,
    inForce: department && databasePlace(department.database),
    offered: kept && {
      database: withoutPassword(kept.database),
      files: kept.files,
      hasPassword: Boolean(URL.parse(kept.database)?.password),
      hasKey: Boolean(kept.filesSecret),
    },
    byEnvironment: isByEnvironment(),
    fromNextStart: !isSame(set, department && asSettings(department)),
  }
}

function isSame(one: DepartmentSettings | null, other: DepartmentSettings | null): boolean {
  const parts = (of: DepartmentSettings | null) => [of?.database, of?.files, of?.filesKey ?? '', of?.filesSecret ?? '']
  return parts(one).join('\n') === parts(other).join('\n')
}

function withoutPassword(address: string): string {
  const url = URL.parse(address)
  if (!url) return ''
  url.password = ''
  return url.href
}
