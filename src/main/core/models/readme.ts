import { BANNER, LABELS } from '../../../shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../../shared/model.ts'

/** One paragraph; none where none came with the model. */
const calibration = ({ calibration }: ModelManifest): string =>
  calibration
    ? `${calibration.file} has the logits of the images that set thresholds and conformal limits (${calibration.by}): in each row
the SHA-256 of the file, the place of its true label, the number of its patient or group, and the four logits.

`
    : ''

const BRAIN = `- "region": the image is cropped to the box around the brain as Gyrus finds it ("gyrus region <image> --json" says where it
  is), with "margin" of its longer side on each side; where no brain is found it is used whole.
`

/** `README.txt` of an exported model: how to run it without Gyrus. */
export function readme(manifest: ModelManifest, card: ModelCard): string {
  const {
    size,
    region,
    stretch: { images },
  } = manifest.preprocessing
  return `${card.name} (${manifest.id} ${manifest.version})
${BANNER}.

What it is for, what it was trained on and what it was measured on stands in card.json.

Network    ${manifest.weights.file}, ONNX; SHA-256 ${manifest.weights.sha256}
Input      "input": float32, batch x 3 x ${size} x ${size} (NCHW; channels red, green, blue; rows from the top)
Output     "logits": float32, batch x ${LABELS.length}; also "features": batch x width, what the last layer sees
Labels     ${manifest.labels.map((label, i) => `${i} ${label}`).join(', ')}

Probabilities: softmax(logits / ${manifest.temperature}); the number is the temperature that calibrates them.

How an image becomes the input ("preprocessing" in model.json):

${JSON.stringify(manifest.preprocessing, null, 2)}

- Turn the image upright (EXIF), put transparency on black; a grey image is the same in all three channels.
- Values are 0-255. "stretch": ${images === 'all' ? 'all images' : 'images of more than 8 bits a sample'} are stretched to that, between its "percentiles" of
  the values.
- "resize": to ${size} x ${size} pixels; "fill" changes the aspect ratio, "contain" keeps it and pads with black. "linear" is
  a triangle as wide as the step from pixel to pixel, wider where the image shrinks, so that no pixel is passed over.
- "normalise": (value - mean) / std.
${region === 'brain' ? BRAIN : ''}- Whatever else stands there changes the image as its name says; without doing the same, the numbers are not the model's.

${calibration(manifest)}Proof that it runs as it should: the images in "golden" of model.json must get the probabilities that stand there, within
the tolerance beside them. Gyrus takes the folder back with: gyrus models import <folder>
`
}
