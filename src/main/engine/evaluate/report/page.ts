import { BANNER } from '../../../../shared/labels.ts'
import { type Content, type Html, html } from './html.ts'
import { STYLE } from './style.ts'

/** Nothing is fetched and no script runs, whoever opens the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** A page that stands alone, under the banner. `style`: what it needs beside the style of all reports. */
export function page(title: string, date: string, body: Content, style: Html | null = null): string {
  const all = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${STYLE}${style}</head><body>
<header class="banner">${BANNER}</header><main><h1>${title}</h1><p class="muted">${date}</p>
${body}
</main></body></html>`
  return all.text
}
