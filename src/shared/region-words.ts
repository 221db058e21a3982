import { type FoundRegion, type NoAsymmetry, PERCENTILES, type Region } from './brain-region.ts'

/** Why there is no asymmetry, for a reader. */
export const NO_ASYMMETRY_WORDS: Record<NoAsymmetry, string> = {
  sagittal: 'The slice is sagittal, as its file says: left and right lie behind each other in it.',
  oblique: 'The slice is oblique, as its file says: it is not cut across the midline.',
  'no-symmetry':
    'No midline was found: the slice is probably sagittal, or turned too far. Sides are compared in axial and coronal slices only.',
  plain: 'There is too little of the brain in the picture, or it is too dark, to compare its sides.',
  impression: 'The asymmetry points at places: record your impression first.',
}

export const NO_REGION = 'No brain stands out from its surroundings in this picture.'
export const ASYMMETRY_NOTE = 'Where left and right differ – not what is ill, and not which side'
export const GREYS_NOTE =
  'Greys are those of the 8-bit picture that the model is given, 0–255: intensities of MR have no unit, and compare within one picture only.'

/** What was measured, name by value, in the order of importance. */
export function regionLines(region: FoundRegion): [name: string, value: string][] {
  const { mean, sd, percentiles, asymmetry } = region
  return [
    ['Area', areaText(region)],
    ['Grey, mean ± SD', `${mean.toFixed(0)} ± ${sd.toFixed(0)}`],
    [
      `Grey, percentiles ${PERCENTILES.join(', ')}`,
      PERCENTILES.map((percent) => percentiles[`p${percent}`]).join(', '),
    ],
    ['Asymmetry index', asymmetry === null ? 'none' : asymmetry.toFixed(2)],
  ]
}

function areaText({ area, areaCm2 }: FoundRegion): string {
  const share = `${(100 * area).toFixed(0)} % of the picture`
  return areaCm2 === null ? `${share}; size of pixels not known` : `${share}, ${areaCm2.toFixed(0)} cm²`
}

/** All of it in a line or two. */
export function regionText(region: Region): string {
  if (!region.found) return NO_REGION
  const figures = regionLines(region).map(([name, value]) => `${name}: ${value}`)
  return region.noAsymmetry
    ? `${figures.join('; ')} (${NO_ASYMMETRY_WORDS[region.noAsymmetry]})`
    : `${figures.join('; ')}.`
}
