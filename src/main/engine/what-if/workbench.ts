import type { Step } from '../../../shared/what-if.ts'
import { decodeFile } from '../decode/file.ts'
import type { ImageFile } from '../types.ts'
import { type Base, baseOf, edit } from './apply.ts'
import type { Picture } from './types.ts'

interface OnBench extends Base {
  path: string
  /** What the first so many steps made, the last ones that were asked for. */
  made: { key: string; picture: Picture }[]
}

/** More than an undo and a few steps back is made again from its steps. */
const KEPT = 4
/** A picture on which nobody works is let go, ms. */
const IDLE_MS = 10 * 60_000
/** Values that are kept of steps, all together: 64 MB of a picture in grey. */
const MOST_VALUES = 64e6

/** The file that is edited, decoded, with what the last steps made of it. The next step is quick, and so is one that is taken back. */
export class Workbench {
  #on: OnBench | undefined
  #idle: NodeJS.Timeout | undefined

  /** The file after these steps. @throws GyrusError errors of the decoder, `baseOf` and `edit` */
  async edited(file: ImageFile & { entry?: string }, steps: Step[]): Promise<Base> {
    const on = await this.#put(file)
    const keys = keysOf(steps)
    const made = new Map(on.made.map(({ key, picture: of }) => [key, of]))
    const known = keys.findLastIndex((key) => made.has(key))
    let picture = made.get(keys[known] ?? '') ?? on.picture
    for (let i = known + 1; i < steps.length; i++) {
      picture = edit(picture, steps[i] as Step, on.white, i + 1)
      this.#keep(on, { key: keys[i] as string, picture })
    }
    return { picture, white: on.white, window: on.window, dicom: on.dicom }
  }

  async #put(file: ImageFile & { entry?: string }): Promise<OnBench> {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.#on = undefined
    }, IDLE_MS).unref()
    const path = `${file.path}\n${file.entry ?? ''}\n${file.frame ?? ''}`
    if (this.#on?.path === path) return this.#on
    const on = { path, ...baseOf(await decodeFile(file)), made: [] }
    this.#on = on
    return on
  }

  #keep({ made }: OnBench, one: OnBench['made'][number]): void {
    made.unshift(one)
    made.length = Math.min(made.length, KEPT)
    const values = () => made.reduce((sum, { picture }) => sum + picture.data.length, 0)
    while (made.length > 1 && values() > MOST_VALUES) made.pop()
  }
}

/** Of each beginning of the list. */
function keysOf(steps: Step[]): string[] {
  let key = ''
  return steps.map((step) => {
    key += `${JSON.stringify(step)}\n`
    return key
  })
}
