/** How far training images are varied, each with its range. What is 0 or [1, 1] is left alone. */
export interface AugmentationRanges {
  /** Largest rotation either way, degrees. */
  rotation: number
  /** Chance of a further turn by 90, 180 or 270 degrees. */
  quarterTurn: number
  /** Smallest and largest scale. */
  scale: [number, number]
  /** Largest ratio by which one side is stretched against the other. */
  aspect: number
  /** Largest shift either way, as a share of the side. */
  shift: number
  /** Chance of mirroring left to right, and top to bottom. */
  flipHorizontal: number
  flipVertical: number
  /** Smallest and largest exponent of the intensities (0–1). */
  gamma: [number, number]
  /** Largest change of contrast about the mean, and of brightness, as shares of the full range. */
  contrast: number
  brightness: number
  /** Largest standard deviation of added noise, as a share of the full range. */
  noise: number
  /** Chance that a batch is shrunk and enlarged again, and the smallest size on the way, as a share. */
  blur: { chance: number; smallest: number }
  /** Chance that an image is as if stored as JPEG, and the lowest quality, 1–100. */
  jpeg: { chance: number; worst: number }
  /** Chance of a black border, and its largest width on each side, as a share of the image's. */
  border: { chance: number; widest: number }
}

export const NO_AUGMENTATION: AugmentationRanges = {
  rotation: 0,
  quarterTurn: 0,
  scale: [1, 1],
  aspect: 1,
  shift: 0,
  flipHorizontal: 0,
  flipVertical: 0,
  gamma: [1, 1],
  contrast: 0,
  brightness: 0,
  noise: 0,
  blur: { chance: 0, smallest: 1 },
  jpeg: { chance: 0, worst: 100 },
  border: { chance: 0, widest: 0 },
}

/** The same ranges, wider or narrower: 0 leaves images alone, 1 changes nothing. */
export function scaleRanges(ranges: AugmentationRanges, by: number): AugmentationRanges {
  const chance = (value: number) => Math.min(1, value * by)
  const ratios = ([low, high]: [number, number]): [number, number] => [low ** by, high ** by]
  return {
    rotation: ranges.rotation * by,
    quarterTurn: chance(ranges.quarterTurn),
    scale: ratios(ranges.scale),
    aspect: ranges.aspect ** by,
    shift: ranges.shift * by,
    flipHorizontal: by === 0 ? 0 : ranges.flipHorizontal,
    flipVertical: by === 0 ? 0 : ranges.flipVertical,
    gamma: ratios(ranges.gamma),
    contrast: chance(ranges.contrast),
    brightness: chance(ranges.brightness),
    noise: ranges.noise * by,
    blur: { chance: chance(ranges.blur.chance), smallest: ranges.blur.smallest },
    jpeg: { chance: chance(ranges.jpeg.chance), worst: ranges.jpeg.worst },
    border: { chance: chance(ranges.border.chance), widest: ranges.border.widest },
  }
}
