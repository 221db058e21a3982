import { GyrusError } from '../../shared/errors.ts'
import type { Pixels, ResultCaption } from '../../shared/result-picture.ts'
import type { View } from '../../shared/view.ts'
import type { Step } from '../../shared/what-if.ts'
import type { Classification, EngineInput, EngineOutput, Explanation, Picture } from '../engine/protocol.ts'
import type { ImageFile } from '../engine/types.ts'
import type { ReadStore } from '../store/types.ts'
import type { DataFolder } from './data-folder.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import { scanFile } from './stored-scans.ts'

const THUMBNAIL_SIZE = 128

/** What is edited: the image, or a frame of the file from 0 on (without it the one that stands for it), and how. */
export interface Edited {
  frame?: number | undefined
  steps: Step[]
}

/** Also where another case has the file. @throws GyrusError `image-removed` */
export async function refuseRemoved(store: ReadStore, caseId: string): Promise<void> {
  const removal = await store.imageRemoval(caseId)
  if (!removal) return
  const months = /-(\d+)-months$/.exec(removal.rule)?.[1] ?? '?'
  throw new GyrusError('image-removed', { on: removal.at.slice(0, 10), months })
}

/** Pictures of cases for a page, decoded by the engine from the stored copy. */
export class Images {
  readonly #store: ReadStore
  readonly #engine: EngineSupervisor
  readonly #folder: DataFolder

  constructor(parts: { store: ReadStore; engine: EngineSupervisor; folder: DataFolder }) {
    this.#store = parts.store
    this.#engine = parts.engine
    this.#folder = parts.folder
  }

  /**
   * Pixels as decoded, with their header.
   *
   * @param frame which of the file's images, from 0 on; without it the one that stands for it
   * @throws GyrusError `case-unknown`, `scan-altered`, `image-removed`, `dicom-frame-missing`, the decoder's codes
   */
  async pixels(caseId: string, frame?: number): Promise<EngineOutput<'pixels'>> {
    const file = await this.#file(caseId)
    return this.#engine.request('pixels', frame === undefined ? file : { ...file, frame })
  }

  /**
   * The window at which the image opens by itself, in measured values, and whether its file names it; null where it is in colour.
   * Errors and `frame` as for `pixels`.
   */
  async window(caseId: string, frame?: number): Promise<EngineOutput<'window'>> {
    const file = await this.#file(caseId)
    return this.#engine.request('window', frame === undefined ? file : { ...file, frame })
  }

  /** What the active model says of one frame, from 0 on. Errors as for `pixels`, and of the engine's `classify`. */
  async classifyFrame(caseId: string, frame: number): Promise<Classification> {
    return this.#engine.request('classify', { ...(await this.#file(caseId)), frame, urgent: true })
  }

  /** A small WebP. Errors as for `pixels`. */
  async thumbnail(caseId: string): Promise<Uint8Array> {
    return this.#engine.request('thumbnail', { ...(await this.#file(caseId)), size: THUMBNAIL_SIZE })
  }

  /** As a reader looks at it (null: as the viewer opens it), for paper. Errors as for `pixels`. */
  async picture(caseId: string, view: View | null): Promise<Picture> {
    return this.#engine.request('picture', { ...(await this.#file(caseId)), view })
  }

  /** With what the model says of it, as a picture in RGB. Errors as for `pixels`. */
  async resultPicture(caseId: string, caption: ResultCaption, fontsDir: string): Promise<Pixels> {
    return this.#engine.request('result-picture', { ...(await this.#file(caseId)), caption, fontsDir })
  }

  /** What speaks for a class in the image, by the active model. Errors and `frame` as for `pixels`, and those of the engine's `explain`. */
  async explain(
    caseId: string,
    asked: Pick<EngineInput<'explain'>, 'label' | 'method' | 'faithfulness' | 'known' | 'bare'>,
    frame?: number,
  ): Promise<Explanation> {
    return this.#engine.request('explain', { ...(await this.#file(caseId, frame)), ...asked })
  }

  /** Where the brain is, measured. Errors and `frame` as for `pixels`. */
  async region(caseId: string, frame?: number): Promise<EngineOutput<'region'>> {
    const file = await this.#file(caseId)
    return this.#engine.request('region', frame === undefined ? file : { ...file, frame })
  }

  /** What the active model says after these steps. Errors as for `pixels`, and of the engine's `what-if`. */
  async whatIf(caseId: string, { frame, steps }: Edited, picture: boolean): Promise<EngineOutput<'what-if'>> {
    return this.#engine.request('what-if', { ...(await this.#file(caseId, frame)), steps, picture })
  }

  /** Why. Errors as for `whatIf` and `explain`. */
  async whatIfHeat(
    caseId: string,
    { frame, ...asked }: Edited & Pick<EngineInput<'what-if-heat'>, 'label' | 'method'>,
  ): Promise<Explanation> {
    return this.#engine.request('what-if-heat', { ...(await this.#file(caseId, frame)), ...asked })
  }

  /** How it moves with small changes. Errors as for `whatIf`. */
  async stability(caseId: string, { frame, steps }: Edited): Promise<EngineOutput<'what-if-stability'>> {
    return this.#engine.request('what-if-stability', { ...(await this.#file(caseId, frame)), steps })
  }

  /** The picture after these steps as a PNG, with all its pixels. Errors as for `whatIf`. */
  async editedFile(caseId: string, { frame, steps }: Edited): Promise<Uint8Array> {
    return this.#engine.request('what-if-file', { ...(await this.#file(caseId, frame)), steps })
  }

  /** With the frame that is asked for, else the one that stands for it, where it has several that were read. */
  async #file(caseId: string, asked?: number): Promise<ImageFile> {
    const sha256 = await this.#store.scanOfCase(caseId)
    if (sha256 === null) throw new GyrusError('scan-altered')
    await refuseRemoved(this.#store, caseId)
    const frame = asked ?? (await this.#store.keyFrameOf(caseId))
    return { ...(await scanFile(this.#folder, sha256)), ...(frame !== null && { frame }) }
  }
}
