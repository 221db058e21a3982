import { BANNER } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { LABELS_FILE, type Served } from './config.ts'
import { stepsOf } from './steps.ts'

export interface NoteParts {
  manifest: ModelManifest
  served: Served
  /** Of the network's file. */
  opset: number
  /** SHA-256 of the settings of the preprocessing, see the note. */
  hash: string
}

/** `PREPROCESSING.md`: what a caller of the network has to do to an image and to its answer, and what nobody does for it. */
export function preparationNote({ manifest, served, opset, hash }: NoteParts): string {
  const { id, version, labels, temperature, weights, golden } = manifest
  const shape = (dims: number[]) => (served.maxBatch === null ? dims : ['n', ...dims]).join(' × ')
  const batch = served.maxBatch === null ? '' : `; n from 1 to ${served.maxBatch}`
  const none = labels.indexOf('notumor')
  return `# ${id} ${version} in NVIDIA Triton

**${BANNER}.** Triton computes the network, and nothing else. Whoever calls it prepares the image as below, makes an answer
of the output as below, and stands for everything in the last section.

| | |
|---|---|
| network | \`1/model.onnx\`, operator set ${opset}, SHA-256 \`${weights.sha256}\` |
| preprocessing | \`${manifest.preprocessing.version}\`, SHA-256 \`${hash}\` (of its settings in \`manifest.json\` as JSON with sorted keys and no white space) |
| input | \`${served.input.name}\`, FP32, ${shape(served.inputDims)}${batch} |
| output | \`${served.logits.name}\`, FP32, ${shape(served.logitsDims.map((dim) => (dim < 0 ? labels.length : dim)))}: logits, no probabilities |
| classes | ${labels.map((label, i) => `${i} ${label}`).join(', ')} |
| temperature | ${temperature} |

The server tells the same under \`parameters\` of the model's configuration. A caller whose SHA-256 of the preprocessing is another
one prepares images for another model.

## From a file to the input

- Numbers are real, best in double precision, and become integers only by *round* (to the nearest, halves up), *floor* and *ceil*.
- *Percentile* p of N whole values: the one of rank max(1, ceil(p / 100 · N)) in ascending order.
- *Resampled* with a kernel w: each column, then each row. Of m values, the o-th of n new ones (both from 0) is
  Σ w(d_s) · value_s / Σ w(d_s) over all s from 0 to m − 1, with d_s = |s − c| / max(1, m / n) and c = (o + 0.5) · m / n − 0.5.

${stepsOf(manifest.preprocessing)
  .map((step, i) => `${i + 1}. ${step}`)
  .join('\n')}

## From the output to an answer

1. Probabilities: p_i = exp(z_i / T) / Σ_j exp(z_j / T), with z the logits and T = ${temperature}. Without T they are not calibrated.
2. The answer is “${labels[none]}” only where p_${none} > 0.5, else the most probable of the other classes. The largest of the
   four would call 0.45 against 0.30 + 0.25 “no tumour”, although a tumour is more probable; so does the classification that
   Triton offers by \`${LABELS_FILE}\`, which sorts logits.

## Whether you have done it right

\`manifest.json\` has the SHA-256 of every file here, and under \`golden\` images of this folder with the probabilities that they must get
within ${golden.tolerance}. Try them whenever server, backend or your own code changes. Another JPEG decoder, half precision, TF32 or TensorRT
change numbers; these images say whether by too much.

## What Triton does not give you

- **The input gate.** Gyrus looks at each image first, and does not answer what it recognises as none that the model learned from: a
  letter, a photograph, a header that names another sequence, an image unlike the training images. The network gives every picture
  four numbers, often confident ones.
- **Cautions.** Gyrus says beside each answer that in other slices than contrast-enhanced T1 the model does not know the type of a
  tumour, and which labels cannot be ruled out at a stated error rate. What was measured, and where the model fails, stands in \`card.json\`.
- **The brain region, heat maps, similar images, the answer for a series** (each image is one slice), and the DICOM objects of a result.
- **The record.** No case, reader, signature, second reading or audit trail; no watch over how the model does in use.
- **A gate for changes.** Another model under the same name answers at once. Hold \`gyrus_weights_sha256\` against what you expect.

Nothing here makes it a medical device. A person who can read the image decides.
`
}
