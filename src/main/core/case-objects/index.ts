import { caseCode } from '../../../shared/case-code.ts'
import type { KeptObject, ObjectKind, Store } from '../../store/types.ts'
import { keyObjects } from '../dicom-objects/key-objects.ts'
import { captionOf, type DrawnMap, secondaryCapture } from '../dicom-objects/secondary-capture.ts'
import { structuredReport } from '../dicom-objects/structured-report.ts'
import type { MadeObject, ResultInput } from '../dicom-objects/types.ts'
import { resultMap } from '../explain/result-map.ts'
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
  kind: ObjectKind
  /** SOP instance. */
  uid: string
  content: Uint8Array
}

export interface ObjectsFor extends Recipient {
  /** What comes of them is on record by itself: that they were made is told once. */
  quiet?: boolean
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
  async ofCase(id: string, recipient: ObjectsFor): Promise<{ name: string; files: ObjectFile[] }> {
    const { actor, way, quiet = false } = recipient
    const { store } = this.#parts
    const [told, kept] = await Promise.all([this.#told(id, actor), store.objectsOf(id)])
    const { installation } = await store.auditSettings()
    const at = new Date().toISOString()
    const now: Now = { installation, version: this.#parts.version, at }
    const map = await this.#map(id)
    const made: Made[] = []
    for (const kind of kindsOf(told)) made.push(await this.#make({ kind, id, map }, told, kept, now))
    const objects = made.map(({ object }) => object)
    const signed = told.verdict?.signed != null
    await store.keepObjects({ caseId: id, by: actor, at: now.at, signed, to: way, quiet, objects })
    const files = made.map(({ object: { kind, uid }, file }) => ({
      kind,
      uid,
      name: OBJECT_NAMES[kind],
      content: file,
    }))
    return { name: `gyrus-dicom-${caseCode(id)}`, files }
  }

  /** Whether they can be made. @throws as `ofCase` does, but for the picture */
  async requireTellable(id: string, actor: string): Promise<void> {
    await this.#told(id, actor)
  }

  async #told(id: string, actor: string): Promise<Told> {
    const { store, reading } = this.#parts
    await reading.requireShown(id, actor)
    const detail = await store.getCase(id, null, await reading.asker(actor))
    const [{ beforeSigning }, accounts] = await Promise.all([store.objectsSettings(), store.accounts()])
    const fullNames = new Map(accounts.map(({ name, fullName }) => [name, fullName]))
    return toldOf(detail, beforeSigning, fullNames, await decidingSlices(store, detail))
  }

  /** As it was made first where it was made before: its UID is known once it is made. */
  async #make(what: What, told: Told, kept: KeptObject[], now: Now): Promise<Made> {
    const { kind } = what
    const ofKind = kept.filter((one) => one.kind === kind)
    const { store } = this.#parts
    const first = await this.#draw(what, inputOf(told, ofKind, now, await store.organisationAt(now.at)))
    const known = ofKind.findIndex(({ uid }) => uid === first.reference.uid)
    const object = ofKind[known]
    if (!object) return { object: { kind, uid: first.reference.uid, ...now }, file: first.file }
    const then = await store.organisationAt(object.at)
    const again = await this.#draw(what, inputOf(told, ofKind.slice(0, known), object, then))
    return { object, file: again.file }
  }

  /** The map of its answer; null where there is none. */
  async #map(id: string): Promise<DrawnMap | null> {
    const { store, images } = this.#parts
    const map = await resultMap(images, await store.getCase(id))
    return 'none' in map ? null : map
  }

  async #draw({ kind, id, map }: What, input: ResultInput): Promise<MadeObject> {
    if (kind === 'SR') return structuredReport(input)
    if (kind === 'KO') return keyObjects(input)
    const { images, fontsDir } = this.#parts
    return secondaryCapture(input, await images.resultPicture(id, captionOf(input, map), fontsDir), map)
  }
}

/** Which object of which case. */
interface What {
  kind: ObjectKind
  id: string
  map: DrawnMap | null
}

interface Made {
  object: KeptObject
  file: Uint8Array
}

/**
 * One image needs no selection, and where no tumour is suspected – or the reader sees none – there is nothing to jump to.
 */
const kindsOf = ({ result, verdict }: Told): ObjectKind[] =>
  result.series && result.label !== null && result.label !== 'notumor' && verdict?.label !== 'notumor'
    ? ['SR', 'SC', 'KO']
    : ['SR', 'SC']

type Now = Pick<KeptObject, 'installation' | 'version' | 'at'>

/** @param before of the same kind, oldest first */
const inputOf = (told: Told, before: KeptObject[], now: Now, organisation: string): ResultInput => ({
  ...told,
  predecessors: predecessorsOf(before, told.source),
  installation: installationOf(now.installation, now.version, organisation, now.at),
  at: now.at,
})
