import type { EvaluationReport } from '../../../shared/evaluation-report.ts'
import type { Listed } from '../../../shared/tumour-evaluation.ts'
import { readSetFile } from '../dataset/sealed.ts'
import type { Pictures } from '../evaluate/report/scan.ts'
import { pictureAddress } from '../picture-address.ts'

/** Longer side, px: twice what the report shows, for fine screens. */
const SIDE = 160

/** Pictures of the images that a report lists. `paths`: where they lie, by their id. */
export async function picturesOf(report: EvaluationReport, paths: ReadonlyMap<string, string>): Promise<Pictures> {
  const listed: Listed[] = [...report.columns, ...report.tumourColumns].flatMap(
    ({ evaluation }) => evaluation.tumourCalledNone.images,
  )
  listed.push(...report.columns.flatMap(({ evaluation }) => evaluation.worstErrors))
  const pictures: Pictures = {}
  for (const id of new Set(listed.map(({ id }) => id))) {
    const path = paths.get(id)
    if (path !== undefined) pictures[id] = await pictureAddress(await readSetFile(path), SIDE)
  }
  return pictures
}
