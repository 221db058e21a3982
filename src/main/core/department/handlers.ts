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
import { tryFiles } from './files/places.ts'
import { filesPlaceOf, isByEnvironment, keepSettings, settingsOf } from './settings.ts'
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
    store.log({ actor, act, subject: 'department', detail })
  const tried = async (settings: DepartmentSettings) => {
    if (isByEnvironment()) throw new GyrusError('department-by-environment')
    await tryFiles(settings)
    const { found, mark } = await tryDatabase(settings.database)
    await new FilesMark(filesPlaceOf(settings)).compare(mark)
    return found
  }
  return {
    'department.outbox': async (_, { reader }) => {
      const { cases } = department?.outbox.status ?? { cases: [] }
      // Where nobody can say what is kept from this reader, all is.
      if (cases.length === 0 || (await reading.blind(reader).catch(() => reader)) === null) return { cases }
      return { cases: cases.map((one) => ({ ...one, label: null, confidence: null, kept: one.read })) }
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
    'department.try': tried,
    'department.join': async (given, { reader }) => {
      const settings = toKeep(given)
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

function shown({ root, department }: DataFolder): ShownSettings {
  const set = settingsOf(root)
  const { key = '', secret = '' } = department?.credentials ?? {}
  const sameWho = (set?.filesKey ?? '') === key && (set?.filesSecret ?? '') === secret
  const same = set?.database === department?.database && set?.files === department?.files && sameWho
  return {
    database: set && withoutPassword(set.database),
    files: set?.files ?? null,
    byEnvironment: isByEnvironment(),
    fromNextStart: !same,
  }
}

function withoutPassword(address: string): string {
  const url = URL.parse(address)
  if (!url) return ''
  url.password = ''
  return url.href
}
