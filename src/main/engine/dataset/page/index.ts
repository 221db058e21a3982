import type { DatasetAudit } from '../../../../shared/dataset.ts'
import { hash, whole } from '../../../../shared/figure-format.ts'
import { html } from '../../evaluate/report/html.ts'
import { page } from '../../evaluate/report/page.ts'
import type { ChosenGroups } from './chosen.ts'
import { labelsHtml, type PicturesOf, sidesHtml } from './groups.ts'
import type { PatientAcross } from './patients.ts'
import { STYLE } from './style.ts'
import { classTable, copyTable, patientTable, problemLists, testTable } from './tables.ts'

/** What a page of a leakage audit shows. */
export interface Leakage {
  /** What the set is called. */
  name: string
  date: string
  audit: DatasetAudit
  /** Near-duplicate groups on two sides, and under two labels. */
  onTwoSides: ChosenGroups
  underTwoLabels: ChosenGroups
  patients: PatientAcross[]
  pictures: PicturesOf
}

/** A page that stands alone: what the audit counted, and its copies across the split, picture beside picture. */
export function leakageHtml({ name, date, audit, patients, pictures, ...groups }: Leakage): string {
  const { images, unreadable, sha256 } = audit
  const body = html`<p>${whole(images)} images, ${whole(unreadable.n)} unreadable; set ${hash(sha256)}. A result on test images that are copies of training images, or that show their patients, says little about new patients.</p>
<p class="muted">The page holds pictures and names of files of the set: keep it as you keep the set.</p>
<h2 id="counts">Counts</h2>
${classTable(audit)}${copyTable(audit)}${testTable(audit)}
${labelsHtml(groups.underTwoLabels, pictures)}
${sidesHtml(groups.onTwoSides, pictures)}
${patientTable(patients, audit)}
${problemLists(audit)}`
  return page(`Leakage audit of ${name}`, date, body, STYLE)
}
