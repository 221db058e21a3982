type Measure = (text: string) => number

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Breaks a text into lines of at most `width`, at spaces where there are any, else within a word. Empty lines are kept. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure))
}

function wrapParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = piecesOf(word, width, measure)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function piecesOf(word: string, width: number, measure: Measure): string[] {
  const pieces = ['']
  for (const { segment } of graphemes.segment(word)) {
    const longer = pieces.at(-1) + segment
    if (measure(longer) <= width || pieces.at(-1) === '') pieces[pieces.length - 1] = longer
    else pieces.push(segment)
  }
  return pieces
}

/** A text cut to `width`, with an ellipsis where something is missing. A line break counts as a space. */
export function cutTo(text: string, width: number, measure: Measure): string {
  const line = text.replaceAll('\n', ' ')
  if (measure(line) <= width) return line
  const letters = Array.from(graphemes.segment(line), ({ segment }) => segment)
  let [fits, fitsNot] = [0, letters.length]
  while (fitsNot - fits > 1) {
    const half = (fits + fitsNot) >> 1
    if (measure(`${letters.slice(0, half).join('')}…`) <= width) fits = half
    else fitsNot = half
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`
}
