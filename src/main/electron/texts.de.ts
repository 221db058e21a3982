import type { Translated } from '../../shared/language.ts'
import type { english } from './texts.ts'

const files = (n: number) => (n === 1 ? '1 Datei' : `${n.toLocaleString('de-DE')} Dateien`)

export const german: Translated<typeof english> = {
  menu: {
    file: 'Datei',
    openFiles: 'Dateien öffnen…',
    openFolder: 'Ordner öffnen…',
    recent: 'Letzten Ordner öffnen',
    noRecent: 'Noch keiner',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    view: 'Ansicht',
    actualSize: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fullScreen: 'Vollbild',
    window: 'Fenster',
    minimise: 'Minimieren',
    close: 'Schließen',
    hide: 'Gyrus ausblenden',
    hideOthers: 'Andere ausblenden',
    showAll: 'Alle einblenden',
    help: 'Hilfe',
    quit: 'Beenden',
  },
  choose: { images: 'Bilder und ZIP-Dateien' },
  quit: {
    message: (work) =>
      ({
        batch: 'Ein Stapel läuft.',
        training: 'Ein Modell wird trainiert.',
        both: 'Ein Stapel läuft, und ein Modell wird trainiert.',
      })[work],
    batch: 'Der Stapel geht beim nächsten Start von selbst weiter.',
    training: 'Das Training geht beim nächsten Start ab seiner letzten Epoche von selbst weiter.',
    quit: 'Beenden',
    stay: 'Weiterarbeiten',
  },
  notice: {
    title: 'Gyrus',
    batchDone: ({ total, failed }) =>
      failed === 0
        ? `Ein Stapel ist fertig: ${files(total)}.`
        : `Ein Stapel ist fertig: ${files(total)}, ${failed} fehlgeschlagen.`,
    batchBroken: 'Ein Stapel wurde abgebrochen. Gyrus zeigt, warum.',
    trainingDone: 'Ein Training ist zu Ende.',
  },
  gone: {
    message: 'Die Seite des Fensters endete mehrmals hintereinander.',
    detail: 'Die Aufzeichnung ist sicher. Begonnene Beurteilungen bleiben im Fenster erhalten, bis Gyrus beendet wird.',
    again: 'Noch einmal laden',
    quit: 'Beenden',
  },
  passphrase: {
    title: 'Gyrus – verschlüsselte Aufzeichnung',
    heading: 'Aufzeichnung öffnen',
    encrypted: (folder) => `Die Aufzeichnung in ${folder} ist verschlüsselt.`,
    label: 'Passphrase der Aufzeichnung',
    hint: 'Der Wiederherstellungscode öffnet sie ebenfalls.',
    open: 'Öffnen',
    opening: 'Wird geöffnet…',
    wait: 'Öffnen (in {seconds} s)',
  },
  refused: 'Gyrus konnte nicht starten',
  setIn: (place) =>
    place === 'GYRUS_DATABASE'
      ? 'Die Abteilung ist durch GYRUS_DATABASE bestimmt, dort, wo Gyrus gestartet wird.'
      : `Adresse, Benutzer und Passwort der Abteilung stehen in ${place}. Berichtigen Sie sie dort, und versuchen Sie es noch einmal.`,
  again: 'Noch einmal versuchen',
  show: 'Datei zeigen',
}
