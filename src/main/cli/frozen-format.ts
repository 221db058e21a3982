import type { DatasetEntry, DatasetOrigin, DatasetSummary } from '../../shared/frozen-dataset.ts'
import { LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import type { Imported } from '../core/datasets/index.ts'
import { count, formatClass, list } from './dataset-format.ts'

/** What an import has come to, for people. */
export function formatImported({ created, set }: Imported): string {
  const id = `${set.name}@${set.version}`
  const outcome = created
    ? `Imported as ${id}.`
    : `Nothing new: ${id} has the very same content. No version was made; its stored copies are whole.`
  return `${outcome}\n\n${formatSet(set)}`
}

export function formatSet(set: DatasetSummary): string {
  const { patientsInTwoClasses, unreadable, sizes } = set
  return [
    `${set.name}@${set.version}, imported ${set.importedAt} by ${set.importedBy}`,
    `  from ${formatOrigin(set.origin)}`,
    `  files ${set.sha256}`,
    `  files and labels ${set.contentSha256}`,
    `  ${set.path}`,
    '',
    `${count(set.images)} images (${count(unreadable.length)} files unreadable), ${count(set.patients)} known patients`,
    ...LABELS.map((label) => formatClass(label, set.perClass[label])),
    ...list(unreadable.map(({ file, failure }) => `${file}: ${failure.message} [${failure.code}]`)),
    `Sizes: ${sizes.length === 1 ? 'all alike' : count(sizes.length)}`,
    ...list(sizes.map(({ width, height, images }) => `${width} × ${height} px: ${count(images)}`)),
    `Patients in two classes: ${count(patientsInTwoClasses.length)}`,
    ...list(patientsInTwoClasses),
    ...formatProblems(set),
  ].join('\n')
}

function formatProblems({ problems }: DatasetSummary): string[] {
  if (problems.length === 0) return []
  return ['', 'In the way of training:', ...problems.map(({ message, code }) => `  ${message} [${code}]`)]
}

/** One line of a list. */
export function formatEntry(set: DatasetEntry): string {
  const classes = LABELS.map((label) => `${LABEL_NAMES[label].toLowerCase()} ${count(set.perClass[label].images)}`)
  const id = `${set.name}@${set.version}`.padEnd(24)
  const images = `${count(set.images)} images`.padStart(14)
  return `${id} ${set.importedAt.slice(0, 10)} ${images} (${classes.join(', ')})  from ${formatOrigin(set.origin)}`
}

function formatOrigin(origin: DatasetOrigin): string {
  if (origin.kind === 'signed') {
    const since = origin.since === null ? '' : ` since ${origin.since}`
    return `signed cases${since} (left out: ${origin.cannotTell} where the reader could not tell, ${origin.superseded} where the same scan was signed again later)`
  }
  if (origin.kind === 'curated') {
    return `version ${origin.version} by decisions (${count(origin.dropped)} images left out, ${count(origin.moved)} moved to another side, ${count(origin.merged ?? 0)} merged into other patients)`
  }
  const patients = origin.patients === null ? [] : [`patients ${origin.patients}`]
  const map = Object.entries(origin.map).map(([name, label]) => `${name}=${label}`)
  if (origin.kind === 'files') return [origin.path, ...patients, ...map].join(', ')
  const table = origin.table === null ? [] : [`table ${origin.table}`]
  return [`${origin.folder}, handed over by a browser`, ...table, ...patients, ...map].join(', ')
}
