import { modelIdSchema } from '../../shared/model.ts'

/** How to make a model of a finished run, to be copied into the terminal. */
export function nextCommand(run: string, dataDir?: string): string {
  const id = modelIdSchema.safeParse(run).success ? [] : ['--id', '<id>']
  const where = dataDir === undefined ? [] : ['--data-dir', quoted(dataDir)]
  return `Make a model of it with: ${['gyrus models add-run', quoted(run), ...id, ...where].join(' ')}`
}

const quoted = (word: string) => (/^[\w./:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
