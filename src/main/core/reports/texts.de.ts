import { german as batch } from './batch/texts.de.ts'
import { german as ofCase } from './case/texts.de.ts'
import { german as month } from './month/texts.de.ts'
import type { Texts } from './texts.ts'

const common: Texts['common'] = {
  page: (n, all) => `Seite ${n} von ${all}`,
  made: (version, by, at, zone) =>
    `Erstellt mit Gyrus ${version} für ${by}, ${at}; alle Zeiten sind Ortszeit (${zone}).`,
  replaced: (listed) => `\ufffd steht für Zeichen, die dieser Bericht nicht drucken kann (${listed}); Gyrus zeigt sie.`,
  andMore: (n) => ` und ${n} weitere`,
  qrCode: (text) => `QR-Code: ${text}`,
}

export const german: Texts = { common, case: ofCase, batch, month }
