import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OutboxStatus, Unsent } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { CaseFailure, NewCase, Store } from '../../store/types.ts'
import type { SharedFiles } from './files/types.ts'
import { bytesAsText, textAsBytes } from './json-bytes.ts'
import { isRecordAway } from './record-away.ts'

const FILE = 'outbox.jsonl'
/** What the department's record does not take, for whoever looks into it: nothing is thrown away. */
const REFUSED = 'outbox-refused.jsonl'
/** So often it is tried whether the record is there again, ms. */
const TRY_MS = 2_000

/** Files that wait here for a store that is away. */
type WaitingFiles = Pick<SharedFiles, 'waiting' | 'deliver'>

/** What is kept here while the department's record is away: all of it may be written twice. */
type Kept = Pick<Store, 'receive' | 'receiveFailed' | 'complete' | 'fail'>
type Line = { [M in keyof Kept]: { method: M; items: Parameters<Kept[M]>[0] } }[keyof Kept]

/**
 * What this workstation read while the department's record, or its store of files, was away, in the order in which it came: each line is on the
 * disk before anybody is told, and goes when the record has it. Whatever ends meanwhile, nothing is lost; and what is
 * delivered twice is there once.
 */
export class Outbox {
  /** The record, as the rest of Gyrus writes to it. */
  readonly store: Store
  onChange: () => void = () => undefined
  /** Told of cases that the record has now. */
  onDelivered: (caseIds: string[]) => void = () => undefined
  readonly #record: Store
  readonly #files: WaitingFiles
  readonly #root: string
  #lines: Line[]
  #last: Promise<unknown> = Promise.resolve()
  #delivering: Promise<void> | null = null
  #recordAway = false
  readonly #ending = new AbortController()

  private constructor(root: string, record: Store, files: WaitingFiles, lines: Line[]) {
    this.#root = root
    this.#record = record
    this.#files = files
    this.#lines = lines
    const isAwayNow = () => this.#recordAway
    this.store = {
      ...record,
      ...this.#kept(),
      // Who is signed in stays so while nobody can be asked, and sees as much as before.
      findAccount: remembering((name) => record.findAccount(name), isAwayNow),
      readingSettings: remembering((reader) => record.readingSettings(reader), isAwayNow),
    }
    if (this.#hasWork) this.#deliver()
  }

  /** @throws GyrusError `outbox-unreadable` where a kill or a disk left something else than lines of ours */
  static async open(root: string, record: Store, files: WaitingFiles): Promise<Outbox> {
    const written = await readFile(join(root, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw new GyrusError('outbox-unreadable', { reason: error.code ?? 'unknown' }, { cause: error })
    })
    return new Outbox(root, record, files, linesIn(written))
  }

  /** Whether something waits for the record. */
  get away(): boolean {
    return this.#lines.length > 0
  }

  /** Whether the record is, as who listens to it knows at once. */
  get recordAway(): boolean {
    return this.#recordAway
  }

  noteAway(away: boolean): void {
    if (this.#recordAway === away) return
    this.#recordAway = away
    this.onChange()
  }

  get #hasWork(): boolean {
    return this.#lines.length > 0 || this.#files.waiting()
  }

  get status(): OutboxStatus {
    const unsent = new Map<string, Unsent>()
    for (const line of this.#lines)
      for (const one of unsentIn(line)) unsent.set(one.caseId, { ...NOTHING, ...unsent.get(one.caseId), ...one })
    return { cases: [...unsent.values()], away: this.#recordAway }
  }

  async close(): Promise<void> {
    this.#ending.abort()
    await this.#delivering
    await this.#last.catch(() => undefined)
  }

  #kept(): Kept {
    return {
      receive: (items) => this.#write({ method: 'receive', items }),
      receiveFailed: (items) => this.#write({ method: 'receiveFailed', items }),
      complete: (items) => this.#write({ method: 'complete', items }),
      fail: (items) => this.#write({ method: 'fail', items }),
    }
  }

  /** In the order in which it is asked for: what comes later stands on what came before. */
  #write(line: Line): Promise<void> {
    const written = this.#last.then(async () => {
      // The record is told of no file that others could not read.
      if (!this.#hasWork) {
        try {
          return await put(this.#record, line)
        } catch (error) {
          if (!isRecordAway(error)) throw error
        }
      }
      await append(join(this.#root, FILE), line)
      this.#lines.push(line)
      this.#deliver()
      this.onChange()
    })
    this.#last = written.catch(() => undefined)
    return written
  }

  #deliver(): void {
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = null
      if (this.#hasWork && !this.#ending.signal.aborted) this.#deliver()
    })
  }

  async #deliverAll(): Promise<void> {
    while (this.#hasWork) {
      await sleep(TRY_MS, undefined, { signal: this.#ending.signal }).catch(() => undefined)
      if (this.#ending.signal.aborted) return
      const done = this.#last.then(() => this.#deliverNow())
      this.#last = done.catch(() => undefined)
      await done.catch(() => undefined)
    }
  }

  /** All that is there, or as far as the record takes it. */
  async #deliverNow(): Promise<void> {
    await this.#files.deliver()
    let sent = 0
    try {
      for (const line of this.#lines) {
        await put(this.#record, line).catch((error) => {
          if (isRecordAway(error)) throw error
          return append(join(this.#root, REFUSED), line)
        })
        sent += 1
      }
    } finally {
      if (sent > 0) {
        const [gone, left] = [this.#lines.slice(0, sent), this.#lines.slice(sent)]
        await rewrite(join(this.#root, FILE), left)
        this.#lines = left
        this.onDelivered([...new Set(gone.flatMap(unsentIn).map(({ caseId }) => caseId))])
        this.onChange()
      }
    }
  }
}

/** What the record said last, for as long as it is away. */
function remembering<T>(ask: (name: string) => Promise<T>, isAwayNow: () => boolean): (name: string) => Promise<T> {
  const known = new Map<string, T>()
  return async (name) => {
    // Nobody is to wait until it is given up.
    if (isAwayNow() && known.has(name)) return known.get(name) as T
    try {
      const found = await ask(name)
      known.set(name, found)
      return found
    } catch (error) {
      if (!known.has(name) || !isRecordAway(error)) throw error
      return known.get(name) as T
    }
  }
}

const put = (record: Store, { method, items }: Line): Promise<void> =>
  (record[method] as (items: Line['items']) => Promise<void>)(items)

/** All of the line or nothing: half of one would spoil the next one that finds room. @throws GyrusError as `disk-full` */
async function append(path: string, line: Line): Promise<void> {
  const file = await open(path, 'a', 0o600).catch((error) => Promise.reject(asFileError(error)))
  const { size } = await file.stat()
  try {
    await file.appendFile(`${JSON.stringify(line, bytesAsText)}\n`)
    await file.datasync()
  } catch (error) {
    await file.truncate(size)
    throw asFileError(error)
  } finally {
    await file.close()
  }
}

/** Whole, or as it was. */
async function rewrite(path: string, lines: Line[]): Promise<void> {
  if (lines.length === 0) return rm(path, { force: true })
  const part = `${path}.part`
  await writeFile(part, lines.map((line) => `${JSON.stringify(line, bytesAsText)}\n`).join(''), {
    mode: 0o600,
    flush: true,
  })
  await rename(part, path)
}

/** A kill may have left the last line in half: nobody was told of it. */
function linesIn(written: string): Line[] {
  const whole = written.slice(0, written.lastIndexOf('\n') + 1)
  try {
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line, textAsBytes) as Line)
  } catch (cause) {
    throw new GyrusError('outbox-unreadable', { reason: FILE }, { cause })
  }
}

/** Of a case that the record has received already. */
const NOTHING = { fileName: '', receivedAt: '', read: false, label: null, confidence: null, failure: null, kept: false }

/** What a line says of cases; the later ones stand on the earlier. */
function unsentIn(line: Line): (Partial<Unsent> & Pick<Unsent, 'caseId'>)[] {
  switch (line.method) {
    case 'complete':
      return line.items.map(({ caseId, label, confidences }) => ({
        ...{ caseId, label, read: true },
        confidence: label && confidences[label],
      }))
    case 'fail':
      return line.items.map(({ caseId, failure }) => ({ caseId, failure: told(failure), read: true }))
    case 'receiveFailed':
      return line.items.map((one) => ({ ...named(one), failure: told(one.failure), read: true }))
    default:
      return line.items.map(named)
  }
}

const named = ({ id, fileName, receivedAt }: Pick<NewCase, 'id' | 'fileName' | 'receivedAt'>) => ({
  ...{ caseId: id, fileName, receivedAt },
})
const told = ({ code, details }: CaseFailure) => new GyrusError(code, details).toFailure()
