import type { CopyCounts, DatasetAudit, DatasetSplit, Share } from '../../shared/dataset.ts'
import { LABEL_NAMES, LABELS, type Label } from '../../shared/labels.ts'

/** Unreadable files and patients that are named before it is said how many more there are. */
const LISTED = 10

export const count = (n: number) => n.toLocaleString('en')
const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`
const ofAll = ({ n, of, share }: Share) =>
  `${count(n)} of ${count(of)} (${share === null ? 'none there' : percent(share)})`

/** An audit for people. */
export function formatAudit(audit: DatasetAudit): string {
  const { patientsOnBothSides, patientsInTwoClasses } = audit
  const lines = [
    `${count(audit.images)} images (${audit.unreadable.n} unreadable), set ${audit.sha256.slice(0, 12)}`,
    ...LABELS.map((label) => formatClass(label, audit.perClass[label])),
    ...list(audit.unreadable.files.map(({ file, failure }) => `${file}: ${failure.message} [${failure.code}]`)),
    '',
    `Exact copies: ${formatCopies(audit.exact)}`,
    `Near-copies: ${formatCopies(audit.near)}`,
    `Patients on both sides: ${patientsOnBothSides.n} (${count(patientsOnBothSides.testImages)} test images are theirs)`,
    ...list(patientsOnBothSides.patients),
    `Patients in two classes: ${patientsInTwoClasses.n}`,
    ...list(patientsInTwoClasses.patients),
    ...formatTest(audit),
    '',
    verdict(audit),
  ]
  const problems = audit.problems.map(({ message, code }) => `  ${message} [${code}]`)
  return [...lines, ...(problems.length > 0 ? ['', 'In the way of training:'] : []), ...problems].join('\n')
}

export function formatClass(
  label: Label,
  { images, training, validation, testing }: DatasetAudit['perClass'][Label],
): string {
  const divided = training + validation + testing > 0
  const sides = divided ? ` (training ${training}, validation ${validation}, testing ${testing})` : ''
  return `  ${LABEL_NAMES[label].padEnd(16)} ${count(images)}${sides}`
}

function formatTest({ testWithNearCopy, testWithNearCopyAsIs }: DatasetAudit): string[] {
  if (testWithNearCopy.of === 0) return []
  return [
    '',
    `Test images with a near-copy on another side: ${ofAll(testWithNearCopy)}`,
    ...LABELS.map((label) => `  ${LABEL_NAMES[label].padEnd(16)} ${ofAll(testWithNearCopy.perClass[label])}`),
    `  as they are, neither cropped, mirrored nor turned: ${ofAll(testWithNearCopyAsIs)}`,
  ]
}

const formatCopies = ({ groups, images, acrossSplits, acrossClasses, largest }: CopyCounts) =>
  `${count(images)} images in ${count(groups)} groups (largest ${largest}); ${count(acrossSplits)} groups on two sides, ${acrossClasses} under two labels`

/** What the figures mean, in a sentence that does not promise more than was looked for. */
function verdict({ testWithNearCopy, patientsOnBothSides, near, images }: DatasetAudit): string {
  if (testWithNearCopy.share === null) {
    const share = images === 0 ? 0 : near.images / images
    return `This set has no test side. ${percent(share)} of its images have a near-copy: split it by patient or by near-duplicate group, never at random.`
  }
  const known = [
    testWithNearCopy.n > 0 ? `${percent(testWithNearCopy.share)} of its images have a near-copy on another side` : '',
    patientsOnBothSides.n > 0 ? `${count(patientsOnBothSides.testImages)} show a patient who is there, too` : '',
  ].filter(Boolean)
  if (known.length > 0) {
    return `A result on this test split says little about new patients: ${known.join(', and ')}. Split by patient or by near-duplicate group.`
  }
  return 'No copy and no known patient is on both sides. Other slices of one patient are noticed only where patients are known (--patients).'
}

export function list(items: string[]): string[] {
  const more = items.length - LISTED
  return [...items.slice(0, LISTED), ...(more > 0 ? [`and ${more} more (see --json)`] : [])].map(
    (item) => `    ${item}`,
  )
}

/** A CSV table that Gyrus can read as a set; cells with a comma or a quote are quoted. */
export function formatSplit({ images }: DatasetSplit): string {
  const cell = (value: string) => (/[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const rows = images.map(({ file, label, patient, split }) => [file, label, patient ?? '', split].map(cell).join(','))
  return ['file,class,patient,split', ...rows].join('\n')
}
