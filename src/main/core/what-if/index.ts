import type { CaseDetail } from '../../../shared/cases.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { labelOf } from '../../../shared/input-gate.ts'
import type { Experiment } from '../../../shared/what-if-contract.ts'
import type { EngineOutput } from '../../engine/protocol.ts'
import type { Store } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import type { Edited, Images } from '../images.ts'
import type { Intake } from '../intake/intake.ts'

interface Parts {
  store: Store
  images: Images
  intake: Intake
  emit: Emit
}

/** What a reader tries out on the picture of a case. None of it is a result, whatever is kept of it. */
export class WhatIfs {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws GyrusError `case-unknown`, `case-erased`, `case-not-rerunnable`, errors of `Images` and of the engine's `what-if` */
  async try(id: string, edited: Edited): Promise<EngineOutput<'what-if'>> {
    await this.#answered(id)
    return this.#parts.images.whatIf(id, edited, true)
  }

  /** Errors as of `try`, and of the engine's `explain`. */
  async heat(id: string, asked: Parameters<Images['whatIfHeat']>[1]): Promise<EngineOutput<'what-if-heat'>> {
    await this.#answered(id)
    return this.#parts.images.whatIfHeat(id, asked)
  }

  /** Errors as of `try`. */
  async stability(id: string, edited: Edited): Promise<EngineOutput<'what-if-stability'>> {
    await this.#answered(id)
    return this.#parts.images.stability(id, edited)
  }

  /** What is kept is what the engine says of the steps now, not what a page says. @throws GyrusError `experiment-no-steps`, as `try` */
  async keep(id: string, edited: Edited, by: string): Promise<Experiment> {
    const { steps, frame = null } = edited
    if (steps.length === 0) throw new GyrusError('experiment-no-steps')
    await this.#answered(id)
    const { store, images, emit } = this.#parts
    const { model, confidences, gate } = await images.whatIf(id, edited, false)
    const kept = await store.keepExperiment({
      ...{ caseId: id, modelId: model.id, weightsSha256: model.weightsSha256, engine: model.provider },
      ...{
        preprocessingVersion: model.preprocessingVersion,
        ...{ frame, steps },
        label: labelOf(gate, confidences),
        gate,
        confidences,
        by,
      },
    })
    emit({ type: 'case', id })
    return this.#experiment(id, kept)
  }

  /**
   * A new case of the experiment's picture, marked as edited.
   *
   * @returns its id, or that of the one that was made of the experiment before
   * @throws GyrusError `experiment-unknown`, `experiment-erased`, as `try`, and errors of the intake
   */
  async saveScan(id: string, experiment: number, by: string): Promise<string> {
    const { images, intake, emit } = this.#parts
    const { steps, frame, scan } = await this.#experiment(id, experiment)
    if (scan !== null) return scan
    if (steps === null) throw new GyrusError('experiment-erased')
    const { fileName } = await this.#answered(id)
    const content = await images.editedFile(id, { steps, ...(frame !== null && { frame }) })
    const made = await intake.takeEdited({ content, fileName: editedName(fileName), origin: id, experiment }, by)
    emit({ type: 'case', id })
    return made
  }

  async #experiment(id: string, experiment: number): Promise<Experiment> {
    const found = (await this.#parts.store.experimentsOf(id)).find((one) => one.id === experiment)
    if (!found) throw new GyrusError('experiment-unknown')
    return found
  }

  /** What has no answer has none to be compared with. */
  async #answered(id: string): Promise<CaseDetail> {
    const { store } = this.#parts
    // The engine may still have its picture on the bench.
    if ((await store.erasedAmong([id])).length > 0) throw new GyrusError('case-erased')
    const detail = await store.getCase(id)
    if (!detail.result) throw new GyrusError('case-not-rerunnable', { state: detail.state })
    return detail
  }
}

/** So that it is seen, and found, wherever a name is all that is told of a scan. */
export const editedName = (fileName: string): string =>
  `${fileName.replace(/(?: \(edited\))?(?:\.[a-z0-9]{1,5})?$/i, '')} (edited).png`
