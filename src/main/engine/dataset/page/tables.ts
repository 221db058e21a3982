import { type CopyCounts, type DatasetAudit, type Share, SPLIT_NAMES } from '../../../../shared/dataset.ts'
import { NOTHING, percent, whole } from '../../../../shared/figure-format.ts'
import { LABEL_NAMES, LABELS } from '../../../../shared/labels.ts'
import { numberCell } from '../../evaluate/report/cell.ts'
import { type Content, type Html, html } from '../../evaluate/report/html.ts'
import { counted } from './groups.ts'
import type { PatientAcross } from './patients.ts'

/** Rows of a list before it is said how many more there are. */
const LISTED = 200

const table = (heads: string[], rows: Html[]): Html =>
  html`<table><thead><tr>${heads.map((head, i) => html`<th scope="col"${i > 0 && NUMBER}>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`
const NUMBER = html` class="number"`
const row = (name: Content, cells: Html[]): Html => html`<tr><th scope="row">${name}</th>${cells}</tr>`
const numbers = (values: number[]): Html[] => values.map((value) => numberCell(whole(value)))

/** Images by class and side. */
export function classTable({ perClass }: DatasetAudit): Html {
  const rows = LABELS.map((label) => {
    const { images, ...sides } = perClass[label]
    return row(LABEL_NAMES[label], numbers([images, ...SPLIT_NAMES.map((side) => sides[side])]))
  })
  const heads = ['Class', 'Images', 'Training', 'Validation', 'Testing']
  return html`<figure><figcaption>Images</figcaption>${table(heads, rows)}</figure>`
}

export function copyTable({ exact, near }: DatasetAudit): Html {
  const counts = (name: string, { groups, images, acrossSplits, acrossClasses, largest }: CopyCounts) =>
    row(name, numbers([groups, images, acrossSplits, acrossClasses, largest]))
  const heads = [
    '',
    'Groups',
    'Images in them',
    'Groups on two sides',
    'Groups under two labels',
    'Images in the largest',
  ]
  const body = table(heads, [counts('Exact copies', exact), counts('Near-copies, exact ones among them', near)])
  const note =
    'Exact: the same size and decoded pixels. Near: correlation above 0.98 of 24 × 24 px grey thumbnails without their dark border, mirrored or turned where that fits better. A group is what such pairs link; neighbouring slices of one patient can be among it.'
  return html`<figure><figcaption>Copies</figcaption>${body}<p class="note">${note}</p></figure>`
}

/** The test images that are known from another side; nothing for a set without a test side. */
export function testTable({ testWithNearCopy, testWithNearCopyAsIs }: DatasetAudit): Html | null {
  if (testWithNearCopy.of === 0) return null
  const share = (name: string, { n, of, share: value }: Share) =>
    row(name, [numberCell(value === null ? NOTHING : percent(value)), numberCell(`${whole(n)} of ${whole(of)}`)])
  const body = table(
    ['Class', 'With a near-copy on another side', 'Test images'],
    [
      ...LABELS.map((label) => share(LABEL_NAMES[label], testWithNearCopy.perClass[label])),
      share('All', testWithNearCopy),
      share('All, as they are: neither cropped, mirrored nor turned', testWithNearCopyAsIs),
    ],
  )
  return html`<figure><figcaption>Test images with a near-copy on another side</figcaption>${body}</figure>`
}

export function patientTable(patients: PatientAcross[], { patientsOnBothSides }: DatasetAudit): Html {
  const heading = html`<h2 id="patients">Patients on both sides</h2>`
  if (patients.length === 0) return html`${heading}<p>None, as far as patients are known.</p>`
  const rows = patients
    .slice(0, LISTED)
    .map(({ patient, testing, others, labels }) =>
      row(html`<span class="id">${patient}</span>`, [
        ...numbers([testing, others]),
        html`<td>${labels.map((label) => LABEL_NAMES[label]).join(', ')}</td>`,
      ]),
    )
  const more = patients.length - LISTED
  return html`${heading}<p>${counted(patients.length, 'patient')}; ${counted(patientsOnBothSides.testImages, 'test image')} of theirs.</p>
<figure>${table(['Patient', 'Test images', 'Images on other sides', 'Class'], rows)}
${more > 0 && html`<p class="note">${counted(more, 'more patient')} not shown.</p>`}</figure>`
}

/** What was left out, and what stands in the way of training. */
export function problemLists({ unreadable, problems }: DatasetAudit): Html {
  const more = unreadable.files.length - LISTED
  return html`${problems.length > 0 && html`<h2 id="problems">In the way of training</h2><ul>${problems.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
${
  unreadable.n > 0 &&
  html`<h2 id="unreadable">Files that could not be read</h2><ul>${unreadable.files
    .slice(0, LISTED)
    .map(({ file, failure }) => html`<li><span class="id">${file}</span>: ${failure.message}</li>`)}</ul>
${more > 0 && html`<p>${whole(more)} more are not shown.</p>`}`
}`
}
