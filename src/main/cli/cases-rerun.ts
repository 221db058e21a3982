import type { Command } from 'commander'
import { BANNER, formatConfidence, LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import { type Difference, type Rerun, SAME_WITHIN } from '../../shared/timeline.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { findCase } from '../core/find-case.ts'
import { CASES_HEADER, formatCase } from './cases-format.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { whoMay } from './who.ts'

interface Options {
  active?: boolean
  json?: boolean
  dataDir?: string
}

export const rerunCommand = () =>
  dataCommand('rerun', 'Run a case again exactly as it was and compare, or with the active model.')
    .argument('<case>', 'its id, or the short code that reports print')
    .option('--active', 'with the active model: its answer supersedes the one that stands')
    .addHelpText('after', '\nEnds with 2 where the same model no longer gives the same answer.')
    // “gyrus cases” takes the same options, and is given them first.
    .action((name: string, _options, command: Command) => rerun(name, command.optsWithGlobals<Options>()))

async function rerun(name: string, options: Options): Promise<void> {
  const { core, close } = await openCore(chooseDataDir(options.dataDir))
  try {
    const actor = await whoMay(core.store, 'review', 'cases')
    const id = await findCase(core.store, name)
    if (!options.json) console.error(BANNER)
    if (options.active) {
      await core.reruns.withActive(id, actor)
      const found = await core.store.getCase(id)
      return console.log(options.json ? JSON.stringify(found) : `${CASES_HEADER}\n${formatCase(found)}`)
    }
    const outcome = await core.reruns.exactly(id, actor)
    console.log(options.json ? JSON.stringify(outcome) : formatRerun(outcome))
    process.exitCode = outcome.same ? EXIT.ok : EXIT.someFailed
  } finally {
    await close()
  }
}

function formatRerun({ modelId, same, differences, before, now }: Rerun): string {
  const numbers = LABELS.map((label) => {
    const then = formatConfidence(before[label])
    return `  ${LABEL_NAMES[label].padEnd(17)} ${then}${now ? ` → ${formatConfidence(now[label])}` : ''}`
  })
  const verdict = same
    ? `The same answer of ${modelId}, within ${SAME_WITHIN}.`
    : now
      ? `Another answer of ${modelId} than before.`
      : `It could not be run again through ${modelId}.`
  return [verdict, ...numbers, ...differences.map((one) => `  differs: ${formatDifference(one)}`)].join('\n')
}

function formatDifference(difference: Difference): string {
  switch (difference.what) {
    case 'model':
      return `${difference.failure.message} ${difference.failure.action} [${difference.failure.code}]`
    case 'weights':
      return `the weights, ${difference.before.slice(0, 12)} then, ${difference.now.slice(0, 12)} now`
    case 'preprocessing':
      return `the preprocessing, ${difference.before} then, ${difference.now} now`
    case 'engine':
      return `the engine, ${difference.before} then, ${difference.now} now`
    case 'confidences':
      return `the probabilities, by up to ${difference.by.toPrecision(2)}`
  }
}
