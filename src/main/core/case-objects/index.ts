import { caseCode } from '../../../shared/case-code.ts'
import type { KeptObject, ObjectKind, Store } from '../../store/types.ts'
import { keyObjects } from '../dicom-objects/key-objects.ts'
import { captionOf, secondaryCapture } from '../dicom-objects/secondary-capture.ts'
import { structuredReport } from '../dicom-objects/structured-report.ts'
import type { MadeObject, ResultInput } from '../dicom-objects/types.ts'
import type { Images } from '../images.ts'
import type { Reading } from '../reading/index.ts'
import type { Recipient } from '../reports/index.ts'
import { decidingSlices } from './deciding.ts'
import { installationOf, type Told, toldOf } from './input.ts'
import { predecessorsOf } from './predecessors.ts'

interface Parts {
  store: Store
  images: Images
  reading: Reading
  version: string
  fontsDir: string
}

export interface ObjectFile {
  name: string
  content: Uint8Array
}

/** Names of their files. */
export const OBJECT_NAMES: Record<ObjectKind, string> = {
  SR: 'report.dcm',
  SC: 'picture.dcm',
  KO: 'key-slices.dcm',
}

/**
 * Results of cases as DICOM objects: a report and a picture, and of a series with a tumour its key slices. They are on
 * record before they are given out.
 */
export class CaseObjects {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * The same result with the same verdict in the same state gives the same objects again; another verdict gives others,
   * which name those before.
   *
   * @throws GyrusError `case-unknown`, `impression-needed`, those of `toldOf`, and of `Images.pixels`
   */
  async ofCase(id: string, { actor, way }: Recipient): Promise<{ name: string; files: ObjectFile[] }> {
    const { store, reading } = this.#parts
    await reading.requireShown(id, actor)
    const detail = await store.getCase(id, null, await reading.asker(actor))
    const [{ beforeSigning }, accounts, kept] = await Promise.all([
      store.objectsSettings(),
      store.accounts(),
      store.objectsOf(id),
    ])
    const slices = await decidingSlices(store, detail)
    const told = toldOf(detail, beforeSigning, new Map(accounts.map(({ name, fullName }) => [name, fullName])), slices)
    const { installation } = await store.auditSettings()
    const now: Now = { installation, version: this.#parts.version, at: new Date().toISOString() }
    const made: Made[] = []
    for (const kind of kindsOf(told)) made.push(await this.#make(kind, id, told, kept, now))
    const objects = made.map(({ object }) => object)
    const signed = told.verdict?.signed != null
    await store.keepObjects({ caseId: id, by: actor, at: now.at, signed, to: way, objects })
    const files = made.map(({ object, file }) => ({ name: OBJECT_NAMES[object.kind], content: file }))
    return { name: `gyrus-dicom-${caseCode(id)}`, files }
  }

  /** As it was made first where it was made before: its UID is known once it is made. */
  async #make(kind: ObjectKind, id: string, told: Told, kept: KeptObject[], now: Now): Promise<Made> {
    const ofKind = kept.filter((one) => one.kind === kind)
    const first = await this.#draw(kind, id, inputOf(told, ofKind, now))
    const known = ofKind.findIndex(({ uid }) => uid === first.reference.uid)
    const object = ofKind[known]
    if (!object) return { object: { kind, uid: first.reference.uid, ...now }, file: first.file }
    const again = await this.#draw(kind, id, inputOf(told, ofKind.slice(0, known), object))
    return { object, file: again.file }
  }

  async #draw(kind: ObjectKind, id: string, input: ResultInput): Promise<MadeObject> {
    if (kind === 'SR') return structuredReport(input)
    if (kind === 'KO') return keyObjects(input)
    const { images, fontsDir } = this.#parts
    return secondaryCapture(input, await images.resultPicture(id, captionOf(input), fontsDir))
  }
}

interface Made {
  object: KeptObject
  file: Uint8Array
}

/** One image needs no selection, and where no tumour is suspected there is nothing to jump to. */
const kindsOf = ({ result }: Told): ObjectKind[] =>
  result.series && result.label !== 'notumor' ? ['SR', 'SC', 'KO'] : ['SR', 'SC']

type Now = Pick<KeptObject, 'installation' | 'version' | 'at'>

/** @param before of the same kind, oldest first */
const inputOf = (told: Told, before: KeptObject[], { installation, version, at }: Now): ResultInput => ({
  ...told,
  predecessors: predecessorsOf(before, told.source),
  installation: installationOf(installation, version, at),
  at,
})
