import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { isJudged, labelOf } from '../../../shared/input-gate.ts'
import type { Classification } from '../../engine/protocol.ts'
import type { ImageFile } from '../../engine/types.ts'
import type { FrameAnswers, NewResult, StackAnswer, StackMember } from '../../store/types.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { inOrder } from '../intake/in-order.ts'
import type { KnownInputs } from '../models/inputs.ts'
import { limitsOf } from '../series/scope.ts'
import { summarise } from '../series/summarise.ts'

/** Files of more frames are read by their middle one alone: a reader would wait for minutes. */
export const MOST_FRAMES = 1_000
/** Frames of a file that are asked for at a time; the engine reads the file once for them, and makes batches of them. */
const AT_ONCE = 16

/** What a file is, and what a model says of it. */
export type ReadScan = Omit<NewResult, 'caseId'>

export interface FrameParts {
  engine: Pick<EngineSupervisor, 'request'>
  /** What the images were like that a model learned from; null where it does not say. */
  inputs: (modelId: string) => Promise<KnownInputs | null>
}

/** What a model says of an image file, or of one of its frames. */
export type Classify = (file: { frame?: number }) => Promise<Classification>

/**
 * Reads a file: its one image, or all its frames, which are put together by the rule of series. A frame that cannot be read
 * is told as such; the middle one must be readable.
 *
 * @throws GyrusError of the engine's `classify`
 */
export async function readScan(
  { engine, inputs }: FrameParts,
  file: ImageFile & { entry?: string },
  urgent: boolean,
): Promise<ReadScan> {
  const classify: Classify = (frame) => engine.request('classify', { ...file, ...frame, urgent })
  const first = await classify({})
  const frames = first.dicom?.frames ?? 1
  if (frames === 1 || frames > MOST_FRAMES) return toScan(first)
  return readFrames(first, frames, classify, inputs)
}

async function readFrames(
  first: Classification,
  frames: number,
  classify: Classify,
  inputs: FrameParts['inputs'],
): Promise<ReadScan> {
  const middle = (first.dicom?.frame ?? 1) - 1
  const members: StackMember[] = []
  const unread: number[] = []
  const numbers = Array.from({ length: frames }, (_, frame) => frame)
  const answers = inOrder(numbers, AT_ONCE, (frame) =>
    frame === middle ? Promise.resolve(first) : classify({ frame }).catch(toGyrusError),
  )
  let frame = 0
  for await (const answer of answers) {
    if (answer instanceof GyrusError) unread.push(requireOfFrame(answer, frame))
    // Another model may have been put in force meanwhile: its answers are marked by the rule.
    else if (answer.dicom) members.push(toMember(frame, answer))
    frame += 1
  }
  const { modelId } = toScan(first)
  const known = await inputs(modelId).catch(() => null)
  const { slices, standing, answer } = summarise(members, () => limitsOf(known?.inputs ?? null))
  const { image, dicom } = toScan(first)
  if (answer === null) throw new GyrusError('internal', { reason: 'no frame has an answer' })
  const told = new Map(members.map((one) => [one.caseId, one.answer]))
  const read: FrameAnswers['frames'] = slices.map(({ caseId, mm, scope }) => {
    const { gate = null, label = null, confidences } = told.get(caseId) as StackAnswer
    return { frame: Number(caseId), mm, scope, label, confidences: isJudged(gate) ? confidences : null }
  })
  const lost = unread.map((one) => ({
    ...{ frame: one, mm: null, scope: 'unread' as const, label: null, confidences: null },
  }))
  const inFile = [...read, ...lost].sort((a, b) => a.frame - b.frame)
  return { ...answer, image, dicom: dicom ?? null, frames: { standing, frames: inFile } }
}

/** Only what is wrong with the frame itself leaves the others as they are. @returns the frame @throws the others */
function requireOfFrame(error: GyrusError, frame: number): number {
  if (error.code.startsWith('image-') || error.code.startsWith('dicom-')) return frame
  throw error
}

function toMember(frame: number, classification: Classification): StackMember {
  const { image, dicom, ...answer } = toScan(classification)
  if (!dicom) throw new GyrusError('internal', { reason: 'a frame of a file that is no DICOM' })
  return { caseId: String(frame), receivedAt: '', facts: dicom, answer }
}

/** What is kept of what the engine said of one image. */
export function toScan({
  confidences,
  image,
  dicom,
  statistics,
  distance,
  vector,
  gate,
  set,
  region,
  timings,
  model,
}: Classification): ReadScan {
  return {
    image,
    dicom: dicom ?? null,
    modelId: model.id,
    weightsSha256: model.weightsSha256,
    preprocessingVersion: model.preprocessingVersion,
    engine: model.provider,
    label: labelOf(gate, confidences),
    confidences,
    gate,
    set,
    decodeMs: timings.decode,
    preprocessMs: timings.preprocess,
    inferenceMs: timings.inference,
    statistics,
    distance,
    vector,
    region,
  }
}
