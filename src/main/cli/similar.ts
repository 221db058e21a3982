import { basename } from 'node:path'
import { Command } from 'commander'
import { BANNER, calledLabel, LABEL_NAMES } from '../../shared/labels.ts'
import { agreementInWords, NEARNESS_NAMES } from '../../shared/similar.ts'
import { chooseDataDir, chooseModel, modelPlaces } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import { blindOf } from '../core/reading/blind.ts'
import { numbersOf } from '../core/similar/nearest.ts'
import { type Found, type FoundNeighbour, neighboursOf, refuseUnjudged } from '../core/similar/neighbours.ts'
import { SignedIndex } from '../core/similar/signed-index.ts'
import { readTrained } from '../core/similar/trained-index.ts'
import type { Classification } from '../engine/protocol.ts'
import { forkEngine } from '../fork-engine.ts'
import type { ReadStore } from '../store/types.ts'
import { readingRecord } from './record.ts'
import { mayRead } from './who.ts'

export const similarCommand = () =>
  new Command('similar')
    .description(
      'List what the model in force takes for alike: images that it learned from, and signed cases. Keeps no case.',
    )
    .argument('<file>', 'an image')
    .option('--json', 'say it as one JSON object')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .addHelpText('after', '\ndocs/similar.md says what it is worth that neighbours agree.')
    .action(similar)

interface Options {
  json?: boolean
  dataDir?: string
}

async function similar(file: string, { json, dataDir }: Options): Promise<void> {
  const reader = await mayRead(dataDir, 'similar')
  if (!json) console.error(BANNER)
  const folder = dataFolderAt(chooseDataDir(dataDir))
  const places = modelPlaces(folder)
  await readingRecord(folder, async (store) => {
    const model = await chooseModel(store, places)
    const engine = new EngineSupervisor({ start: forkEngine, model, onChange: () => undefined })
    try {
      const answer = await engine.request('classify', { path: file, urgent: true }, untilInterrupted())
      const found = await among(answer, model.dir, store, reader)
      console.log(json ? JSON.stringify(asJson(file, answer, found)) : inWords(file, found))
    } finally {
      engine.close()
    }
  })
}

async function among(answer: Classification, dir: string, store: ReadStore | null, reader: string): Promise<Found> {
  refuseUnjudged(answer.gate)
  const trained = await readTrained({ id: answer.model.id, dir })
  const asked = { sha256: null, patient: answer.dicom?.patientId || answer.dicom?.patientName || null, own: [] }
  const query = numbersOf(answer.vector?.values ?? new Uint8Array())
  const signed = store && {
    index: new SignedIndex(store, trained.indexId),
    store,
    isHidden: await hiddenFrom(store, reader),
  }
  await signed?.index.refresh()
  return neighboursOf({ ...asked, label: calledLabel(answer.confidences), query }, { trained, signed })
}

/** As a reader may see them: a case whose answer is kept from them has none in the record as they read it. */
async function hiddenFrom(store: ReadStore, reader: string): Promise<(caseId: string) => Promise<boolean>> {
  const blind = await blindOf(store, reader)
  return async (caseId) => blind !== null && (await store.getCase(caseId, blind)).awaitsImpression
}

function untilInterrupted(): AbortSignal {
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  return abort.signal
}

const asJson = (file: string, { model, confidences }: Classification, { neighbours, ...found }: Found) => ({
  ...{ banner: BANNER, file, model: model.id, confidences, ...found },
  neighbours: neighbours.map(({ at: _, ...one }) => one),
})

function inWords(file: string, found: Found): string {
  const { label, neighbours, warning } = found
  const told = agreementInWords(found)
  const head = `${basename(file)}: ${LABEL_NAMES[label]}. Similar images: ${told}${warning ? ': a warning' : ''}.`
  return [head, ...neighbours.map(neighbourInWords)].join('\n')
}

function neighbourInWords({ label, distance, nearness, samePatient, caseId, source }: FoundNeighbour): string {
  const what = label ? LABEL_NAMES[label] : 'Tumour, kind unknown'
  const near = `${distance.toFixed(1)}${nearness ? `, ${NEARNESS_NAMES[nearness]}` : ''}`
  return `  ${what}, ${near}${samePatient ? ', same patient' : ''}, ${caseId ? `signed case ${caseId}` : source}`
}
