import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ErrorCode, GyrusError, toGyrusError } from '../../shared/errors.ts'
import { faithfulVerdict, heatNoteOf, METHOD_NAMES } from '../../shared/heat-words.ts'
import type { Outcome } from '../core/analyser.ts'
import type { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import { archiveOf } from '../core/intake/archives.ts'
import type { EngineOutput } from '../engine/protocol.ts'
import { FONTS_DIR } from '../installation.ts'
import { writePage } from './write-page.ts'

/** The map of what a file was called, without its values; or why there is none. */
export type Heat =
  | (Pick<EngineOutput<'explain'>, 'method' | 'label' | 'peak' | 'highest' | 'faithfulness'> & {
      note: string
      /** The PNG that was written. */
      out?: string
    })
  | { code: ErrorCode; message: string }

/** Makes the maps of files that were classified, and writes them as PNGs where a folder is named. */
export class HeatOfFiles {
  readonly #engine: EngineSupervisor
  readonly #maps: string | null
  #written = 0

  constructor(engine: EngineSupervisor, maps: string | null) {
    this.#engine = engine
    this.#maps = maps
  }

  /** Null where a file has no answer. @throws GyrusError `output-unwritable` */
  async of(path: string, outcome: Outcome): Promise<Heat | null> {
    if (outcome.status !== 'analysed') return null
    try {
      const { confidences: known, label } = outcome
      if (label === null) throw new GyrusError('explain-not-judged')
      const drawn = this.#maps === null ? {} : { fontsDir: FONTS_DIR }
      const found = await this.#engine.request('explain', {
        ...((await archiveOf(path)) ?? { path }),
        ...{ known, label, ...drawn },
      })
      const { method, peak, highest, faithfulness } = found
      const out = found.png && (await this.#write(path, found.png))
      return { method, label, peak, highest, faithfulness, note: heatNoteOf(faithfulness), ...(out && { out }) }
    } catch (error) {
      const { code, message } = toGyrusError(error)
      if (code === 'output-unwritable') throw error
      return { code, message }
    }
  }

  /** Numbered: files of several folders have the same names. */
  async #write(path: string, png: Uint8Array): Promise<string> {
    const folder = this.#maps as string
    try {
      await mkdir(folder, { recursive: true })
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new GyrusError('output-unwritable', { path: folder, reason }, { cause: error })
    }
    this.#written += 1
    const out = join(folder, `${String(this.#written).padStart(5, '0')}-${basename(path)}.png`)
    await writePage(out, png)
    return out
  }
}

/** A line for people, below that of the file. */
export function heatText(heat: Heat): string {
  if ('code' in heat) return `  no heat map: ${heat.message}`
  const { method, peak, faithfulness, out } = heat
  const at = `peak at ${peak.x.toFixed(2)}, ${peak.y.toFixed(2)} of width and height`
  const said = faithfulness ? ` ${faithfulVerdict(faithfulness)}` : ''
  return `  heat map by ${METHOD_NAMES[method]}, ${at}.${said}${out ? `  ${out}` : ''}`
}
