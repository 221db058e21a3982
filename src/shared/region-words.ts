import { type FoundRegion, type NoAsymmetry, PERCENTILES, type Region, USUAL_ASYMMETRY } from './brain-region.ts'
import { fixed, type Language, language, type Translated } from './language.ts'

/** What is said of a brain region wherever it is told of. */
export const REGION_WORDS = {
  /** Why there is no asymmetry. */
  reasons: {
    sagittal: 'The slice is sagittal, as its file says: left and right lie behind each other in it.',
    oblique: 'The slice is oblique, as its file says: it is not cut across the midline.',
    'no-symmetry':
      'No midline was found: the slice is probably sagittal, or turned too far. Sides are compared in axial and coronal slices only.',
    plain: 'There is too little of the brain in the picture, or it is too dark, to compare its sides.',
    impression: 'The asymmetry points at places: record your impression first.',
  } satisfies Record<NoAsymmetry, string>,
  none: 'No brain stands out from its surroundings in this picture.',
  note: 'Where left and right differ – not what is ill, and not which side',
  greys:
    'Greys are those of the 8-bit picture that the model is given, 0–255: intensities of MR have no unit, and compare within one picture only.',
  area: 'Area',
  mean: 'Grey, mean ± SD',
  percentiles: `Grey, percentiles ${PERCENTILES.join(', ')}`,
  index: 'Asymmetry index',
  /** What an index is held against. */
  usual: (images: number, low: string, high: string) => `half of ${images} images without a tumour: ${low}–${high}`,
  noDetector: 'The asymmetry index is no detector of tumours',
  noIndex: 'none',
  areaOf: (percent: string, cm2: string | null) =>
    cm2 === null ? `${percent} % of the picture; size of pixels not known` : `${percent} % of the picture, ${cm2} cm²`,
}

/** In which words, and which language, a region is told of. */
interface Spoken {
  region: Translated<typeof REGION_WORDS>
  language: Language
}
/** That of the page; English in the core. */
const here = (): Spoken => ({ region: REGION_WORDS, language: language() })

/** What was measured, name by value, in the order of importance. */
export function regionLines(
  { area, areaCm2, mean, sd, percentiles, asymmetry }: FoundRegion,
  spoken = here(),
): [name: string, value: string][] {
  const words = spoken.region
  const write = (value: number, digits: number) => fixed(value, digits, spoken.language)
  return [
    [words.area, words.areaOf(write(100 * area, 0), areaCm2 === null ? null : write(areaCm2, 0))],
    [words.mean, `${write(mean, 0)} ± ${write(sd, 0)}`],
    [words.percentiles, PERCENTILES.map((percent) => percentiles[`p${percent}`]).join(', ')],
    [words.index, asymmetry === null ? words.noIndex : `${write(asymmetry, 2)} (${usualAsymmetry(spoken)})`],
  ]
}

/** All of it in a line or two. */
export function regionText(region: Region, spoken = here()): string {
  const words = spoken.region
  if (!region.found) return words.none
  const figures = regionLines(region, spoken).map(([name, value]) => `${name}: ${value}`)
  return region.noAsymmetry
    ? `${figures.join('; ')} (${words.reasons[region.noAsymmetry]})`
    : `${figures.join('; ')}. ${words.noDetector}.`
}

/** What images without a tumour have. */
export function usualAsymmetry({ region, language } = here()): string {
  const { images, low, high } = USUAL_ASYMMETRY
  return region.usual(images, fixed(low, 2, language), fixed(high, 2, language))
}
