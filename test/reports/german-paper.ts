import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { MARGIN } from '../../src/main/core/reports/sheet.ts'
import { german } from '../../src/main/core/reports/words.de.ts'
import { english } from '../../src/main/core/reports/words.ts'
import { altsOf, type Box, type Drawn, drawnOn, metaOf, picturesOn, textOf } from '../support/pdf.ts'

/** Where pages are to be left as pictures, beside those of screens. */
const { GYRUS_SCREENS: PICTURES } = process.env

/** What models say of themselves, which is English and stays so. */
const FOREIGN = globSync(join(import.meta.dirname, '../../resources/**/*.json'))
  .flatMap((path) => textsIn(JSON.parse(readFileSync(path, 'utf8'))))
  .map((text) => text.replace(/\s+/g, ' '))
  .filter((text) => text.length > 3)
  .sort((one, other) => other.length - one.length)

/** Words that German has not. */
const ENGLISH_WORDS = /\b(?:the|of|and|is|are|were|with|from|not|this|that|which|have|been|to|by|at)\b/i

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const alone = (text: string) => new RegExp(`(?<![\\p{L}-])${escaped(text)}(?![\\p{L}-])`, 'u')

/** Each whole text of the English catalogue that is none in German, nor within one. */
const ENGLISH_TEXTS = [...new Set(textsIn(english))]
  .filter((text) => text.length > 3)
  .map((text) => ({ text, pattern: alone(text) }))
  .filter(({ pattern }) => !textsIn(german).some((one) => pattern.test(one)))

/** What is wrong with a report that should be in German and whole; none where nothing is. */
export async function faultsOf(pdf: Uint8Array, name: string, data: string[] = []): Promise<string[]> {
  leave(pdf, name)
  const { info } = await metaOf(pdf)
  const { Language, Title } = info as { Language?: string; Title?: string }
  const [pages, pictures] = [await drawnOn(pdf), await picturesOn(pdf)]
  const texts = [...(await textOf(pdf)), ...(await altsOf(pdf)), Title ?? '']
  const ours = texts.map((text) => [...FOREIGN, ...data].reduce((left, one) => left.replaceAll(one, ''), text))
  return [
    ...(Language === 'de-DE' ? [] : [`its language is ${Language}`]),
    ...ours.flatMap((text) => englishIn(text)),
    ...pages.flatMap(({ width, height, drawn }, i) =>
      [
        ...drawn.flatMap((one) => outside(one, width, height)),
        ...drawn.flatMap(cut),
        ...overlaps(drawn),
        ...drawn
          // Letters of the sides are meant to.
          .filter((one) => !/^[RLAPHF]{1,3}$/.test(one.text) && pictures[i]?.some((box) => isOver(one, box)))
          .map(({ text }) => `over a picture: ${text}`),
      ].map((fault) => `page ${i + 1}: ${fault}`),
    ),
  ].map((fault) => `${name}: ${fault}`)
}

function englishIn(text: string): string[] {
  const word = ENGLISH_WORDS.exec(text)
  const around = word ? text.slice(Math.max(0, word.index - 40), word.index + 40) : ''
  const whole = ENGLISH_TEXTS.filter(({ pattern }) => pattern.test(text)).map((one) => `English text: ${one.text}`)
  return [...(word ? [`English word “${word[0]}”: …${around}…`] : []), ...whole]
}

/** Half a point is nothing to be seen. */
const SLACK = 0.5

function outside({ text, x, y, width }: Drawn, pageWidth: number, pageHeight: number): string[] {
  const beside = x < MARGIN - SLACK || x + width > pageWidth - MARGIN + SLACK
  return beside || y < 14 || y > pageHeight - 14 ? [`beyond the margins: ${text}`] : []
}

/** An ellipsis behind a hash, or within a UID, is no text that was cut. */
const cut = ({ text }: Drawn): string[] =>
  /…/.test(text.replaceAll(/[0-9a-f]{12}…|[\d.]{12}…[\d.]+/g, '')) ? [`cut off: ${text}`] : []

/** Texts that lie over each other. */
function overlaps(drawn: Drawn[]): string[] {
  return drawn.flatMap((one, i) =>
    drawn.slice(i + 1).flatMap((other) => {
      const beside = one.x + one.width <= other.x + SLACK || other.x + other.width <= one.x + SLACK
      const apart = Math.abs(one.y - other.y) >= 0.7 * Math.min(one.size, other.size)
      return beside || apart ? [] : [`“${one.text}” lies over “${other.text}”`]
    }),
  )
}

/** By its letters without what hangs below the line. */
const isOver = ({ x, y, width, size }: Drawn, { left, right, bottom, top }: Box): boolean =>
  x < right - SLACK && x + width > left + SLACK && y < top - SLACK && y + 0.7 * size > bottom + SLACK

function leave(pdf: Uint8Array, name: string): void {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  const file = join(PICTURES, `${name}-de.pdf`)
  writeFileSync(file, pdf)
  const { path } = inject('pdftoppm')
  if (path) spawnSync(path, ['-r', '110', '-png', file, join(PICTURES, `${name}-de`)])
}
