import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RequestName } from '../../../shared/contract.ts'
import type { DepartmentSettings, ShownSettings, Tried } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { LoggedAct, Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Reading } from '../reading/index.ts'
import { isByEnvironment, keepSettings, settingsOf } from './settings.ts'
import type { SharedWork } from './shared-work.ts'

/** Looks where an address leads, and changes nothing there. Errors as of opening a department's record. */
export type TryDatabase = (url: string) => Promise<Tried>

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
  const tried = async ({ database, files }: DepartmentSettings) => {
    if (isByEnvironment()) throw new GyrusError('department-by-environment')
    requireFolder(files)
    return tryDatabase(database)
  }
  return {
    'department.outbox': async (_, { reader }) => {
      const { cases } = department?.outbox.status ?? { cases: [] }
      // Where nobody can say what is kept from this reader, all is.
      if (cases.length === 0 || (await reading.blind(reader).catch(() => reader)) === null) return { cases }
      return { cases: cases.map((one) => ({ ...one, label: null, confidence: null, kept: one.read })) }
    },
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
    'department.join': async ({ database, files }, { reader }) => {
      const settings = { database, files: resolve(files) }
      const found = await tried(settings)
      keepSettings(folder.root, settings)
      await log('department.joined', reader, { database: withoutPassword(database) })
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

function shown({ root, department }: DataFolder): ShownSettings {
  const set = settingsOf(root)
  const same = set?.database === department?.database && set?.files === department?.files
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

/** @throws GyrusError `department-folder` where files cannot be shared by it */
function requireFolder(path: string): void {
  try {
    if (!statSync(path).isDirectory()) throw new GyrusError('department-folder', { path })
    accessSync(path, constants.W_OK)
  } catch (error) {
    throw new GyrusError('department-folder', { path }, { cause: error })
  }
}
