import {
  type AnswerSet,
  cautionsIn,
  type KeptGate,
  reasonsIn,
  setCaution,
  setInWords,
} from '../../shared/input-gate.ts'
import {
  CALLED_NAMES,
  type Confidences,
  formatConfidence,
  LABEL_NAMES,
  LABELS,
  type Label,
} from '../../shared/labels.ts'
import type { Outcome } from '../core/analyser.ts'
import type { FrameAnswers } from '../store/types.ts'
import { type Heat, heatText } from './classify-heat.ts'

/**
 * One JSON line; `ms` is decoding, preprocessing and inference together. Where the model does not judge the image there is
 * no label; the numbers of the network are there all the same, and mean nothing. `cautions`: where the model is sure of no
 * label, which an empty `set` says as well, and what the header asks to be said. `heat`: where maps were asked for.
 */
export function formatJson(file: string, outcome: Outcome, heat: Heat | null = null): string {
  if (outcome.status === 'failed') {
    const { code, message } = outcome.failure
    return JSON.stringify({ file, status: 'failed', code, message })
  }
  if (outcome.status === 'skipped') return JSON.stringify({ file, status: 'skipped', case: outcome.caseId })
  const { label, confidences, gate, set, region, modelId, ms, frames } = outcome
  const sureOfNone = label === null ? null : setCaution(set)
  const cautions = [...(sureOfNone ? [sureOfNone] : []), ...outcome.cautions]
  return JSON.stringify({
    file,
    status: 'analysed',
    label,
    confidences,
    gate,
    set: label === null ? null : set,
    region,
    cautions,
    model: modelId,
    ms: Math.round(ms * 100) / 100,
    ...(frames && { frames: framesTold(frames) }),
    ...(heat && { heat }),
  })
}

/** One line for people: label, its confidence, the others, the file. */
export function formatText(file: string, outcome: Outcome, heat: Heat | null = null): string {
  if (outcome.status === 'failed') {
    return `failed                   ${outcome.failure.message} [${outcome.failure.code}]  ${file}`
  }
  if (outcome.status === 'skipped') return `skipped                  analysed before: case ${outcome.caseId}  ${file}`
  const { label, confidences, gate, set, frames } = outcome
  const what = file + framesText(frames)
  if (label === null) return `${CALLED_NAMES.unjudged.padEnd(23)}  ${reasonsIn(gate).join('; ')}  ${what}`
  const line = `${answerText(label, confidences)}${remarks(gate, set, confidences, frames ? [] : outcome.cautions)}  ${what}`
  return heat ? `${line}\n${heatText(heat)}` : line
}

/** Frames are counted from 1 on, as DICOM does. */
function framesTold({ standing, frames }: FrameAnswers) {
  const { counted, rule, key, deciding, cautions } = standing
  return {
    ...{ counted, rule, key: Number(key) + 1, deciding: deciding.map((frame) => Number(frame) + 1), cautions },
    answers: frames.map(({ frame, ...answer }) => ({ frame: frame + 1, ...answer })),
  }
}

function framesText(frames: FrameAnswers | null): string {
  if (!frames) return ''
  const { counted, deciding } = frames.standing
  const by = deciding.length > 0 ? `, decided by ${deciding.map((frame) => Number(frame) + 1).join(', ')}` : ''
  return `: ${frames.frames.length} frames, ${counted} counted${by}`
}

/** What is said with an answer where there is something to be said: the gate’s cautions, and what cannot be ruled out. */
export function remarks(gate: KeptGate, set: AnswerSet, confidences: Confidences, others: string[] = []): string {
  const words = setInWords(set, confidences)
  const cautions = [...cautionsIn({ gate, set }), ...others].map((reason) => `caution: ${reason}`)
  const parts = [...cautions, ...(words ? [words] : [])]
  return parts.length === 0 ? '' : `  [${parts.join('; ')}]`
}

/** Label, its confidence, the others. */
export function answerText(label: Label, confidences: Confidences): string {
  const all = LABELS.map((one) => `${one} ${formatConfidence(confidences[one])}`).join('  ')
  return `${LABEL_NAMES[label].padEnd(16)}  ${formatConfidence(confidences[label]).padStart(5)}  (${all})`
}
