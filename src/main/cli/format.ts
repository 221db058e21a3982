import { formatConfidence, LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import type { Outcome } from '../core/analyser.ts'
import { type Heat, heatText } from './classify-heat.ts'

/** One JSON line; `ms` is decoding, preprocessing and inference together. `heat`: where maps were asked for. */
export function formatJson(file: string, outcome: Outcome, heat: Heat | null = null): string {
  if (outcome.status === 'failed') {
    const { code, message } = outcome.failure
    return JSON.stringify({ file, status: 'failed', code, message })
  }
  if (outcome.status === 'skipped') return JSON.stringify({ file, status: 'skipped', case: outcome.caseId })
  const { label, confidences, modelId, ms } = outcome
  return JSON.stringify({
    file,
    status: 'analysed',
    label,
    confidences,
    model: modelId,
    ms: Math.round(ms * 100) / 100,
    ...(heat && { heat }),
  })
}

/** One line for people: label, its confidence, the others, the file. */
export function formatText(file: string, outcome: Outcome, heat: Heat | null = null): string {
  if (outcome.status === 'failed') {
    return `failed                   ${outcome.failure.message} [${outcome.failure.code}]  ${file}`
  }
  if (outcome.status === 'skipped') return `skipped                  analysed before: case ${outcome.caseId}  ${file}`
  const { label, confidences } = outcome
  const all = LABELS.map((one) => `${one} ${formatConfidence(confidences[one])}`).join('  ')
  const line = `${LABEL_NAMES[label].padEnd(16)}  ${formatConfidence(confidences[label]).padStart(5)}  (${all})  ${file}`
  return heat ? `${line}\n${heatText(heat)}` : line
}
