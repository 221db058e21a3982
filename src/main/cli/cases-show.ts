import type { Command } from 'commander'
import type { CaseDetail } from '../../shared/cases.ts'
import { headerCautions } from '../../shared/cautions.ts'
import { GyrusError } from '../../shared/errors.ts'
import { cautionsIn, NOT_JUDGED, reasonsIn, SERIES_NOT_JUDGED, setInWords } from '../../shared/input-gate.ts'
import { BANNER } from '../../shared/labels.ts'
import { regionText } from '../../shared/region-words.ts'
import { isOfFrames, ruleText } from '../../shared/series.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { hasRecord } from '../core/data-folder.ts'
import { findCase } from '../core/find-case.ts'
import { blindOf } from '../core/reading/blind.ts'
import { CASES_HEADER, formatCase } from './cases-format.ts'
import { dataCommand } from './data-command.ts'
import { formatSlices } from './series-format.ts'
import { mayRead } from './who.ts'

interface Options {
  json?: boolean
  numbers?: boolean
  dataDir?: string
}

export const showCommand = () =>
  dataCommand('show', 'Show one case; of a series its slices, too.')
    .argument('<case>', 'its id, or the short code that reports print')
    .option('--numbers', 'what the network says of each slice, too, where the series as a whole is not judged')
    .addHelpText('after', '\nOf a slice its series is shown. “*” are the slices that decided.')
    // “gyrus cases” takes the same options, and is given them first.
    .action((name: string, _options, command: Command) => show(name, command.optsWithGlobals<Options>()))

const UNTOLD = 'The model does not judge this series: what it says of single slices means nothing (--numbers shows it).'

/** Reads beside a running Gyrus. */
async function show(name: string, { json, numbers = false, dataDir }: Options): Promise<void> {
  const folder = await openFolder(chooseDataDir(dataDir))
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  const reader = await mayRead(dataDir, 'cases')
  if (!json) console.error(BANNER)
  const store = await readRecord(folder)
  try {
    const blind = await blindOf(store, reader)
    const id = await findCase(store, name)
    const series = await store.seriesOf(id, blind)
    const detail = await store.getCase(id, blind, reader)
    if (json) return console.log(JSON.stringify({ ...detail, series }))
    console.log([CASES_HEADER, formatCase(detail), ...answerLines(detail, series === null)].join('\n'))
    if (!series) return
    const { slices, counted, rule, cautions } = series
    console.log(
      `\n${slices.length} ${isOfFrames(series) ? 'frames' : 'slices'}, ${counted} counted. Rule ${rule}: ${ruleText(rule)}`,
    )
    for (const caution of cautions) console.log(caution)
    const told = numbers || detail.result?.label !== null
    for (const line of formatSlices(series, told)) console.log(line)
    if (!told) console.log(UNTOLD)
  } finally {
    await store.close()
  }
}

/**
 * What the input gate says of the image, what its header asks to be said, what cannot be ruled out, and what was measured of the
 * brain region. @param single no series or frames, which have cautions of their own
 */
function answerLines({ id, series, dicom, result, region }: CaseDetail, single: boolean): string[] {
  if (!result) return []
  const measured = region ? [`Brain region. ${regionText(region)}`] : []
  const { label, gate, set, confidences } = result
  const reasons = reasonsIn(gate)
  if (label === null) return [series?.id === id ? SERIES_NOT_JUDGED : NOT_JUDGED, ...reasons, ...measured]
  const said = [...cautionsIn({ gate, set }), ...(single ? headerCautions(dicom) : [])]
  const cautions = said.map((caution) => `Caution: ${caution}`)
  return [...cautions, setInWords(set, confidences) ?? '', ...measured].filter((line) => line !== '')
}
