import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_LIMITS, type WorkLimits, workLimitsSchema } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import { keepWhole } from '../care/keep.ts'

const FILE = 'work-limits.json'

/** What this workstation takes of the department's work: kept in its own folder, whatever others take. */
export class Limits {
  readonly #root: string
  readonly #given: Partial<WorkLimits>
  #kept: WorkLimits

  /**
   * @param given what a command line says, which counts as long as Gyrus is open
   * @throws GyrusError `department-settings` where what is kept cannot be read
   */
  constructor(root: string, given: Partial<WorkLimits> = {}) {
    this.#root = root
    this.#given = given
    this.#kept = read(join(root, FILE))
  }

  get now(): WorkLimits {
    return { ...this.#kept, ...this.#given }
  }

  /** @throws GyrusError `data-folder-unusable`, `disk-full` */
  async set(limits: WorkLimits): Promise<void> {
    try {
      await keepWhole(join(this.#root, FILE), `${JSON.stringify(limits, null, 2)}\n`)
    } catch (error) {
      throw asDataFolderError(error, this.#root)
    }
    this.#kept = limits
  }
}

function read(file: string): WorkLimits {
  try {
    return workLimitsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return DEFAULT_LIMITS
    throw new GyrusError('department-settings', { reason: FILE }, { cause })
  }
}
