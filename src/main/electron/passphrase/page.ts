import { createHash } from 'node:crypto'
import { languageNow, texts } from '../spoken.ts'

/** Colours and sizes are those of the screens (`src/renderer/styles/tokens.css`), which are not served before the record is open. */
const STYLE = `
:root { color-scheme: dark; }
body { display: grid; min-height: 100vh; margin: 0; align-content: safe center; justify-items: center; background: #0c0d0f;
  color: #e9ebed; font: 420 0.9375rem/1.45 system-ui, sans-serif; }
form { display: grid; gap: 1rem; box-sizing: border-box; width: min(28rem, 100vw); padding: 1.5rem 2rem; }
h1 { margin: 0; font-size: 1.375rem; font-weight: 600; }
p { margin: 0; overflow-wrap: anywhere; }
label { display: block; margin-bottom: 0.25rem; font-weight: 550; }
input { box-sizing: border-box; width: 100%; min-height: 2.5rem; padding: 0 0.75rem; border: 1px solid #5f666e;
  border-radius: 0.375rem; background: #131517; color: inherit; font: inherit; }
small { display: block; margin-top: 0.25rem; color: #a9afb6; font-size: 0.8125rem; }
button { min-height: 2.25rem; border: 1px solid #7fbce8; border-radius: 0.375rem; background: #7fbce8; color: #06141f;
  font: inherit; font-weight: 600; }
button:disabled { border-color: #2b2f34; background: transparent; color: #8b9299; }
:focus-visible { outline: 2px solid #a6d2f3; outline-offset: 2px; }
[role="alert"] { padding: 0.5rem 0.75rem; border-left: 3px solid #f08a80; border-radius: 0.375rem; background: #3a1a17; }
[role="alert"]:empty { display: none; }
`

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function html(dataDir: string): string {
  const { title, heading, encrypted, label, hint, open, opening, wait } = texts().passphrase
  return `<!doctype html>
<html lang="${languageNow()}">
<meta charset="utf-8">
<title>${title}</title>
<style>${STYLE}</style>
<form data-opening="${opening}" data-wait="${wait}">
  <h1>${heading}</h1>
  <p>${escaped(encrypted(dataDir))}</p>
  <div>
    <label for="passphrase">${label}</label>
    <input id="passphrase" type="password" autocomplete="off" aria-describedby="hint" required autofocus>
    <small id="hint">${hint}</small>
  </div>
  <p role="alert"></p>
  <button>${open}</button>
</form>
</html>
`
}

/** Nothing runs in it and nothing is fetched; what is typed is taken by the preload script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The page that asks for the passphrase of a data folder's record. */
export const passphrasePage = (dataDir: string): Response =>
  new Response(html(dataDir), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
    },
  })
