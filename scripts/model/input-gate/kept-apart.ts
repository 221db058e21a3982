import { type Measured, measureAll } from './examples.ts'
import { bare, type Half, loadOther, type OtherImage, readOtherSplit } from './others.ts'

/** The pictures of one half: as their files are, and in grey without what these say. */
export async function otherImages(half: Half): Promise<{ of: OtherImage[]; files: Measured; bared: Measured }> {
  const of = readOtherSplit().filter((image) => image.half === half)
  const files = of.map(({ file }) => ({ file, load: () => loadOther(file) }))
  return {
    of,
    files: await measureAll(`others-${half}`, () => files),
    bared: await measureAll(`others-${half}-bare`, () =>
      of.map(({ file }) => ({ file, load: async () => bare(await loadOther(file)) })),
    ),
  }
}
