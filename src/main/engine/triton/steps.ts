import type { Preprocessing } from '../../../shared/model.ts'
import { BACKGROUND, GRID, SMALLEST } from '../preprocess/head-region.ts'

const KERNELS: Record<Preprocessing['resize']['kernel'], string> = {
  linear: 'w(d) = max(0, 1 − d)',
  cubic: 'w(d) = 1.5 d³ − 2.5 d² + 1 for d < 1, −0.5 d³ + 2.5 d² − 4 d + 2 for d < 2, else 0',
  lanczos3: 'w(d) = sinc(d) · sinc(d / 3) for d < 3, else 0, with sinc(x) = sin(π x) / (π x)',
}

const DECODE = `**Decode** to whole values: JPEG, PNG, TIFF or WebP of 8 or 16 bits a sample (16 bits stay 16), one image a file, colours as sRGB.
   Turn it upright (EXIF orientation); put transparency on black. A DICOM image is first made the 8-bit picture in which it is read:
   modality transform, padding black, the file's window (without one, from the 1st to the 99th percentile of what is no padding),
   MONOCHROME1 turned round, square pixels. Reading DICOM files is not described further: export that picture as PNG.`

const grey = (use: string) =>
  `**Grey**: where there are three channels, round((red + green + blue) / 3) of each pixel. ${use}`

const HEAD = `**Find the head** in the W × H grey image:
   - k = min(1, ${GRID} / max(W, H)); a grid of C = max(1, round(k · W)) columns and R = max(1, round(k · H)) rows. Its values: the image resampled
     to C × R with ${KERNELS.linear}.
   - A cell is bright if its value is above P5 + ${BACKGROUND} · (P99 − P5), percentiles of all pixels of the grey image.
   - Erode: a cell stays if it and all of its (up to eight) neighbours are bright. Keep the largest connected group of what is left
     (neighbours in eight directions; of several as large the one whose first cell comes first, row by row). Dilate: add every cell that
     has one of the group among its eight neighbours. Fill holes: add every cell that cannot be reached from the grid's border in four
     directions through cells outside.
   - If the cells are fewer than ${SMALLEST} · C · R, the box is the whole image. Else, with first and last column a and b, rows e and f:
     left = floor(a · W / C), right = min(W, ceil((b + 1) · W / C)), top = floor(e · H / R), bottom = min(H, ceil((f + 1) · H / R)).
   - Crop to left ≤ x < right, top ≤ y < bottom.`

const brain = (
  margin: number,
) => `**Find the brain** in the grey image and crop to its box with ${margin} of the box's longer side added on each side. The method is
   Gyrus's own and too long for this note: \`gyrus region <image> --json\` says where the box is. Where no brain is found, use the whole image.`

const stretch = ({ images, percentiles: [low, high] }: Preprocessing['stretch']) =>
  `**Stretch**${images === 'all' ? '' : ' images of 16 bits a sample; those of 8 bits stay as they are'}: l and h are the percentiles ${low} and ${high} of all values that are left (of all channels together), and
   h at least l + 1. A value v becomes 0 below l, 255 from h on, else 255 · (v − l) / (h − l).`

function fit({ size, resize }: Preprocessing): string {
  const how = `Each channel is resampled with ${KERNELS[resize.kernel]}, and cut off below 0 and above 255.`
  if (resize.fit === 'fill') return `**Resize** to ${size} × ${size}, whatever the aspect ratio. ${how}`
  return `**Resize** so that the longer side is ${size}: with k = ${size} / max(width, height), either side becomes max(1, round(k · side)).
   ${how} Put it on ${size} × ${size} zeros, floor((${size} − side) / 2) from the left and from the top.`
}

/**
 * What is done to an image before it is the network's input, step by step, as exact as whoever does the same without Gyrus
 * needs it (`preprocess`); Markdown.
 */
export function stepsOf(spec: Preprocessing): string[] {
  const { region, colour, normalise, size } = spec
  const inGrey = colour === 'grey'
  const use = inGrey
    ? 'All that follows is done to it.'
    : 'It only serves to find the box; what follows is done to the colours.'
  const box = region === 'head' ? [HEAD] : region === 'brain' ? [brain(spec.margin ?? 0)] : []
  return [
    DECODE,
    ...(inGrey || box.length > 0 ? [grey(use)] : []),
    ...box,
    stretch(spec.stretch),
    fit(spec),
    `**Normalise**: (value − ${normalise.mean}) / ${normalise.std}.`,
    `**Lay out** as float32, channels first (NCHW): red, green, blue, each ${size} rows from the top of ${size} values from the left. ${inGrey ? 'All three are the grey plane' : 'Of a grey image all three are the same'}.`,
  ]
}
