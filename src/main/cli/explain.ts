import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { HEAT_METHODS, type HeatMethod } from '../../shared/heat.ts'
import { heatNoteOf } from '../../shared/heat-words.ts'
import { isJudged } from '../../shared/input-gate.ts'
import { BANNER, formatConfidence, LABEL_NAMES, LABELS, type Label } from '../../shared/labels.ts'
import { chooseDataDir, chooseModel, modelPlaces } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import type { Explanation } from '../engine/protocol.ts'
import { forkEngine } from '../fork-engine.ts'
import { FONTS_DIR } from '../installation.ts'
import { readingRecord } from './record.ts'
import { writePage } from './write-page.ts'

interface Options {
  out: string
  class?: Label
  method?: HeatMethod
  json?: boolean
  dataDir?: string
}

export const explainCommand = () =>
  new Command('explain')
    .description('Draw what in an image speaks for a class, as the model in force sees it. Keeps no case.')
    .argument('<file>', 'an image')
    .requiredOption('--out <file>', 'the PNG to write')
    .addOption(new Option('--class <name>', 'by default what the image is called').choices(LABELS))
    .addOption(new Option('--method <name>', 'by default the one that measures best').choices(HEAT_METHODS))
    .option('--json', 'say it as one JSON object')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .addHelpText('after', '\nA map that is not faithful is hatched; docs/explain.md says what a map is worth.')
    .action(explain)

async function explain(file: string, { out, class: label, method, json, dataDir }: Options): Promise<void> {
  if (!json) console.error(BANNER)
  const folder = dataFolderAt(chooseDataDir(dataDir))
  const model = await readingRecord(folder, (store) => chooseModel(store, modelPlaces(folder)))
  const engine = new EngineSupervisor({ start: forkEngine, model, onChange: () => undefined })
  try {
    const asked = { path: file, fontsDir: FONTS_DIR, ...(label && { label }), ...(method && { method }) }
    const until = untilInterrupted()
    // As in the app: what the model does not judge is given no label, and so has no map.
    const { gate } = await engine.request('classify', { path: file, urgent: true }, until)
    if (!isJudged(gate)) throw new GyrusError('explain-not-judged')
    const found = await engine.request('explain', asked, until)
    await writePage(out, found.png ?? new Uint8Array())
    console.log(json ? JSON.stringify(asJson(file, out, found)) : inWords(file, out, found))
  } finally {
    engine.close()
  }
}

function untilInterrupted(): AbortSignal {
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  return abort.signal
}

function asJson(file: string, out: string, { png: _, values: __, width, height, ...found }: Explanation) {
  return { file, out, ...found, map: { width, height }, note: heatNoteOf(found.faithfulness) }
}

function inWords(file: string, out: string, { label, method, peak, confidences, faithfulness }: Explanation): string {
  const at = `peak at ${peak.x.toFixed(2)}, ${peak.y.toFixed(2)} of width and height`
  const trust = faithfulness?.faithful === false ? `not faithful (${faithfulness.reason})` : 'faithful'
  const score = faithfulness ? `, ${trust}, ${faithfulness.score.toFixed(2)}` : ''
  const what = `${LABEL_NAMES[label]} ${formatConfidence(confidences[label])}`
  return `${basename(file)}: ${what}, by ${method}, ${at}${score}. ${heatNoteOf(faithfulness)}. ${out}`
}
