import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { LOCALES } from '../../../shared/language.ts'
import type { Paper } from '../../../shared/report.ts'
import { codePointOf, printable } from './printable.ts'
import type { Words } from './words.ts'
import { cutTo, wrap } from './wrap.ts'

/** Points: 1/72 inch. */
const SIZES: Record<Paper, [width: number, height: number]> = { a4: [595.28, 841.89], letter: [612, 792] }
export const MARGIN = 36
/** Most replaced characters that are listed. */
const LISTED = 24

export interface SheetOptions {
  paper: Paper
  title: string
  version: string
  /** When the report is made. */
  at: Date
  fontsDir: string
  words: Words
}

export interface TextStyle {
  size: number
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  tag?: 'P' | 'H1' | 'H2'
}

/** A line of text: where it lies, how wide it may be, and how it looks. */
export interface Line extends TextStyle {
  x: number
  y: number
  width: number
}

/** A tagged PDF of one language in black on white, in which every text is measured and none is lost. Places are in points from the top left. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly width: number
  readonly height: number
  /** Between the margins. */
  readonly inner: number
  /** In which it is written. */
  readonly words: Words
  readonly #fonts: { regular: string; bold: string }
  readonly #replaced = new Set<string>()
  pages = 0

  constructor({ paper, title, version, at, fontsDir, words }: SheetOptions) {
    this.words = words
    const size = SIZES[paper]
    this.width = size[0]
    this.height = size[1]
    this.inner = this.width - 2 * MARGIN
    // By their paths: under another name, PDFKit would open the first one again for every text.
    this.#fonts = { regular: join(fontsDir, 'NotoSans-Regular.ttf'), bold: join(fontsDir, 'NotoSans-Bold.ttf') }
    const maker = `Gyrus ${version}`
    const info = { Title: title, Creator: maker, Producer: maker, CreationDate: at }
    const layout = { size, margin: 0, autoFirstPage: false, font: this.#fonts.regular }
    const tagging = { tagged: true, lang: LOCALES[words.language], displayTitle: true, pdfVersion: '1.7' } as const
    this.doc = new PDFDocument({ ...layout, ...tagging, info })
  }

  addPage(): void {
    this.doc.addPage()
    this.pages += 1
  }

  /** One line, cut with an ellipsis where it is too long. What a copy or a screen reader gets is the whole. */
  line(text: string, line: Line, whole = text): void {
    const shown = this.#cut(text, line)
    const actual = shown === whole ? {} : { actual: whole }
    this.tag(line.tag ?? 'P', () => this.#draw(shown, line), actual)
  }

  /**
   * Texts beside each other that belong together, e.g. a table's row: one paragraph to a screen reader. Each is cut to one
   * line, but for those that are to be there `whole`.
   */
  row(texts: string[], lines: (Line & { whole?: true })[]): void {
    const shown = lines.map((line, i) => {
      const text = texts[i] ?? ''
      return line.whole ? this.wrap(text, line.width, line) : [this.#cut(text, line)]
    })
    const actual = shown.every((text, i) => text.join('') === texts[i]) ? {} : { actual: texts.join('  ') }
    const draw = () => {
      for (const [i, line] of lines.entries()) this.#drawLines(shown[i] ?? [], line)
    }
    this.tag('P', draw, actual)
  }

  /** PDFKit keeps the layout of every word that it ever drew; a long table draws few of them twice. */
  forgetWords(): void {
    for (const font of Object.values((this.doc as unknown as FontsInUse)._fontFamilies))
      font.layoutCache = Object.create(null)
  }

  /** A text in as many lines as it needs. Returns where the next text begins. */
  paragraph(text: string, line: Line): number {
    return this.lines(this.wrap(text, line.width, line), line)
  }

  /** Lines that were wrapped before. Returns where the next text begins. */
  lines(lines: string[], line: Line): number {
    this.#use(line)
    if (lines.length > 0) this.tag(line.tag ?? 'P', () => this.#drawLines(lines, line))
    return line.y + lines.length * lineHeight(line.size)
  }

  wrap(text: string, width: number, style: TextStyle): string[] {
    return wrap(this.#printable(text, style), width, (part) => this.#measure(part))
  }

  widthOf(text: string, style: TextStyle): number {
    return this.#measure(this.#printable(text, style))
  }

  /** Part of a picture that is being drawn; screen readers are told of it by the picture's description. */
  letter(text: string, line: Line): void {
    this.#draw(text, line)
  }

  /** Content with a meaning, in reading order. */
  tag(type: string, draw: () => void, options: { alt?: string; actual?: string } = {}): void {
    this.doc.addStructure(this.doc.struct(type, options, draw))
  }

  /** Lines and frames that a screen reader leaves out. */
  artefact(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw(this.doc)
    this.doc.endMarkedContent()
  }

  rule(y: number, weight = 0.6): void {
    this.artefact((doc) => {
      doc
        .lineWidth(weight)
        .moveTo(MARGIN, y)
        .lineTo(this.width - MARGIN, y)
        .stroke('#000')
    })
  }

  frame(x: number, y: number, width: number, height: number, weight = 0.6): void {
    this.artefact((doc) => void doc.lineWidth(weight).rect(x, y, width, height).stroke('#000'))
  }

  /** What the replacement character stood for up to now; null where it was not needed. */
  get replacedNote(): string | null {
    if (this.#replaced.size === 0) return null
    const all = [...this.#replaced].map(codePointOf)
    const { andMore, replaced } = this.words.texts.common
    return replaced(all.slice(0, LISTED).join(' ') + (all.length > LISTED ? andMore(all.length - LISTED) : ''))
  }

  #printable(text: string, style: TextStyle): string {
    const has = glyphsOf(this.#use(style))
    const { text: printed, replaced } = printable(text, has)
    for (const character of replaced) this.#replaced.add(character)
    return printed
  }

  #use({ size, bold }: TextStyle): PDFKit.PDFDocument {
    return this.doc.font(bold ? this.#fonts.bold : this.#fonts.regular).fontSize(size)
  }

  #measure(text: string): number {
    return this.doc.widthOfString(text)
  }

  #cut(text: string, line: Line): string {
    return cutTo(this.#printable(text, line), line.width, (part) => this.#measure(part))
  }

  #drawLines(lines: string[], line: Line): void {
    const step = lineHeight(line.size)
    for (const [i, text] of lines.entries()) this.#draw(text, { ...line, y: line.y + i * step })
  }

  #draw(text: string, line: Line): void {
    const doc = this.#use(line).fillColor('#000')
    const spare = line.width - this.#measure(text)
    const before = line.align === 'right' ? spare : line.align === 'center' ? spare / 2 : 0
    doc.text(text, line.x + before, line.y, { lineBreak: false })
  }
}

/** Of a font's size, pt. */
export const lineHeight = (size: number): number => Math.round(size * 1.36 * 10) / 10

interface FontsInUse {
  _fontFamilies: Record<string, { layoutCache: object }>
}

interface FontInUse {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } }
}

/** PDFKit tells nobody what its font has, and prints an empty box for the rest; the font itself knows. */
function glyphsOf(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const { font } = (doc as unknown as FontInUse)._font
  return (codePoint) => font.hasGlyphForCodePoint(codePoint)
}
