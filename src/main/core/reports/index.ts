import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { auditQuerySchema } from '../../../shared/audit.ts'
import { caseCode } from '../../../shared/case-code.ts'
import type { CaseDetail } from '../../../shared/cases.ts'
import { GyrusError, toFailure } from '../../../shared/errors.ts'
import type { Language } from '../../../shared/language.ts'
import type { ModelCard } from '../../../shared/model.ts'
import type { Paper, ReportOptions } from '../../../shared/report.ts'
import type { View } from '../../../shared/view.ts'
import type { LoggedAct, Store } from '../../store/types.ts'
import { noneFor, resultMap } from '../explain/result-map.ts'
import type { Images } from '../images.ts'
import { languageFor } from '../language.ts'
import type { Models } from '../models/index.ts'
import type { Reading } from '../reading/index.ts'
import type { BatchReport } from './batch/data.ts'
import type { Written } from './batch/render.ts'
import type { CaseReport } from './case/data.ts'
import type { RenderOptions } from './case/render.ts'
import type { Rendered } from './collect.ts'
import type { MonthReport } from './month/data.ts'
import { wordsIn } from './words-in.ts'

interface ReportParts {
  store: Store
  images: Images
  models: Models
  reading: Reading
  version: string
  fontsDir: string
}

type Act = Extract<LoggedAct['act'], 'case.exported' | 'batch.reported' | 'monitoring.reported'>

/** Who gets a report, and by which way. */
export interface Recipient {
  actor: string
  /** `as a download`, `as file <path>`. */
  way: string
}

/** For whom a report is, and in which language it is written; null is theirs, else the department's, else English. */
export interface ReportFor extends Recipient {
  language: Language | null
}

/** How one is made: for the trail, beside what was written. */
type How = ReportFor & { paper: Paper; language: Language }

/** Reports as PDF. Each one is in the audit record before it is given out. */
export class Reports {
  readonly #parts: ReportParts

  constructor(parts: ReportParts) {
    this.#parts = parts
  }

  /**
   * One case, for printing and filing. A failed case has one too, which says so.
   *
   * @throws GyrusError `case-unknown`, errors of the record
   */
  async ofCase(
    id: string,
    { paper, view, heat }: ReportOptions,
    to: ReportFor,
  ): Promise<Rendered & { fileName: string }> {
    const report = await this.#gather(id, { view, heat }, to)
    // PDFKit is loaded when the first report is asked for, not at every start.
    const { renderCaseReport } = await import('./case/render.ts')
    const how = { ...to, paper, language: await this.#languageFor(to) }
    const rendered = await renderCaseReport(report, await this.#options(how))
    await this.#log('case.exported', id, writtenOf(rendered), how)
    return { ...rendered, fileName: `gyrus-report-${caseCode(id)}.pdf` }
  }

  /**
   * A batch's summary, written to `path` page by page, so that no number of cases fills the memory. The file is there
   * only where it could be logged, too.
   *
   * @throws GyrusError `output-unwritable`, errors of the record
   */
  async ofBatch(
    batch: BatchReport,
    path: string,
    { paper, ...asked }: Omit<ReportFor, 'way'> & { paper: Paper },
  ): Promise<{ pages: number }> {
    const to = { ...asked, way: `as file ${path}` }
    const how = { ...to, paper, language: await this.#languageFor(to) }
    const { writeBatchReport } = await import('./batch/render.ts')
    const written = await writeBatchReport(batch, path, await this.#options(how))
    try {
      await this.#log('batch.reported', batch.id, written, how)
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return { pages: written.pages }
  }

  /** How the AI did in a month. */
  async ofMonth(report: MonthReport, paper: Paper, to: ReportFor): Promise<Rendered & { fileName: string }> {
    const { renderMonth } = await import('./month/render.ts')
    const how = { ...to, paper, language: await this.#languageFor(to) }
    const rendered = await renderMonth(report, await this.#options(how))
    const written = { month: report.month, ...writtenOf(rendered) }
    await this.#log('monitoring.reported', 'monitoring', written, how)
    return { ...rendered, fileName: `gyrus-month-${report.month}.pdf` }
  }

  async #languageFor({ actor, language }: ReportFor): Promise<Language> {
    return language ?? languageFor(this.#parts.store, actor)
  }

  async #options({ paper, language }: How): Promise<RenderOptions> {
    const { version, fontsDir } = this.#parts
    return { paper, version, fontsDir, at: new Date(), words: await wordsIn(language) }
  }

  async #gather(
    id: string,
    { view, heat }: Pick<ReportOptions, 'view' | 'heat'>,
    { actor }: Recipient,
  ): Promise<CaseReport> {
    const { store } = this.#parts
    const detail = await store.getCase(id, null, await this.#parts.reading.asker(actor))
    const [{ entries }, series, picture, map, card] = await Promise.all([
      store.listAudit(auditQuerySchema.parse({ subject: id }), null, 1),
      detail.series === null || detail.series.id === id ? store.seriesOf(id) : null,
      this.#picture(detail, view),
      heat ? this.#map(detail) : null,
      this.#card(detail),
    ])
    const [audit] = entries
    if (!audit) throw new GyrusError('internal', { reason: `the case ${id} has no audit entry` })
    const accounts = await this.#parts.store.accounts()
    const fullNames = new Map(accounts.map(({ name, fullName }) => [name, fullName]))
    return { detail, series, picture, map, card, audit, madeFor: actor, fullNames }
  }

  /** What ended in the engine's death is not decoded again for a report; slices of a series that is not judged could be. */
  async #picture({ id, scan, failure }: CaseDetail, view: View | null): Promise<CaseReport['picture']> {
    if (!scan || (failure && failure.code !== 'series-not-judged')) return failure
    return this.#parts.images.picture(id, view).catch(toFailure)
  }

  async #map(detail: CaseDetail): Promise<CaseReport['map']> {
    return resultMap(this.#parts.images, detail).catch(noneFor)
  }

  /** Only a card that speaks of the very weights that answered. */
  async #card({ result }: CaseDetail): Promise<ModelCard | null> {
    if (!result) return null
    const models = await this.#parts.models.list()
    const cards = models.flatMap(({ card }) => card ?? [])
    return cards.find((card) => card.id === result.modelId && card.weightsSha256 === result.weightsSha256) ?? null
  }

  async #log(act: Act, subject: string, written: Written, { actor, way, paper, language }: How): Promise<void> {
    const detail = { what: 'report', paper, language, ...written, to: `${actor}, ${way}` }
    await this.#parts.store.log({ actor, act, subject, detail })
  }
}

const writtenOf = ({ pdf, pages }: Rendered): Written => ({
  pages,
  bytes: pdf.length,
  sha256: createHash('sha256').update(pdf).digest('hex'),
})
