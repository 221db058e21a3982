import { GyrusError } from '../../../shared/errors.ts'
import { type Passed, passedBy, type SourceRule, takesAny } from '../../../shared/source-rule.ts'
import type { DicomHeader } from '../../engine/types.ts'
import type { StoredFile } from '../../sealed/read.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'

/** What a file is before it is decoded. `damaged`: DICOM that says nothing that one can go by; reading it tells why. */
type Looked = DicomHeader | 'picture' | 'no-image' | 'damaged'

/** Errors that are the engine's, or of the disk, and no fault of the file. */
const NOT_OF_FILE = new Set(['cancelled', 'engine-unavailable', 'file-missing', 'file-unreadable', 'scan-altered'])

/** What files say of themselves, by the engine, which alone reads a byte of them. */
export class Headers {
  readonly #engine: EngineSupervisor

  constructor(engine: EngineSupervisor) {
    this.#engine = engine
  }

  /**
   * Why a file is not taken by a rule; null where it is. A damaged one is taken: it becomes a case that says what is wrong with
   * it, instead of being missed by nobody.
   *
   * @throws GyrusError where it cannot be told now
   */
  async passed(file: StoredFile, rule: SourceRule): Promise<Passed | null> {
    if (takesAny(rule) && rule.pictures) return null
    const looked = await this.#look(file)
    if (looked === 'picture') return rule.pictures ? null : 'picture'
    if (looked === 'no-image') return 'no-image'
    if (looked === 'damaged') return null
    const { facts, bodyPart } = looked
    return passedBy(rule, { ...facts, bodyPart })
  }

  /** What a case that is only listed keeps of its file; undefined for one that cannot be listed, as reading it will fail. */
  async toList(file: StoredFile): Promise<{ dicom: DicomHeader['facts'] | null } | undefined> {
    const looked = await this.#look(file)
    if (looked === 'picture') return { dicom: null }
    return typeof looked === 'string' ? undefined : { dicom: looked.facts }
  }

  /** What a slice keeps of its file before it is read; null of what is none, and of what reading it will tell more about. */
  async ofSlice(file: StoredFile): Promise<DicomHeader['facts'] | null> {
    const looked = await this.#look(file).catch(() => 'damaged' as const)
    return typeof looked === 'string' || looked.facts.seriesUid === '' ? null : looked.facts
  }

  async #look(file: StoredFile): Promise<Looked> {
    try {
      return await this.#engine.request('describe', file)
    } catch (error) {
      if (!(error instanceof GyrusError) || NOT_OF_FILE.has(error.code)) throw error
      if (error.code === 'dicom-none') return 'picture'
      return error.code === 'dicom-no-image' ? 'no-image' : 'damaged'
    }
  }
}
