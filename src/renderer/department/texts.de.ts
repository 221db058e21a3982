import type { Station } from '../../shared/department.ts'
import type { Translated } from '../../shared/language.ts'
import { number, plural } from '../format.ts'
import type { departmentTexts } from './texts.ts'

const states: Record<Station['state'], string> = {
  works: 'Arbeitet',
  rests: 'Ruht',
  silent: 'Antwortet nicht',
}
const hints: Record<Station['state'], string> = {
  works: 'Dieser Arbeitsplatz nimmt Fälle aus der Warteschlange.',
  rests:
    'Nimmt keine Fälle: Es ist so eingestellt, der gemeinsame Ordner ist nicht da, oder das geltende Modell ist nicht verwendbar oder wird gerade geladen.',
  silent:
    'Gyrus endete dort unerwartet, oder das Netz dorthin ist unterbrochen. Was dort in Arbeit war, übernehmen die anderen.',
}

const trains: Record<Station['trains'], string> = {
  nothing: 'Nichts',
  head: 'Letzte Schichten',
  native: 'Ganze Netze',
  gpu: 'Ganze Netze, auf einer GPU',
}

export const german: Translated<typeof departmentTexts> = {
  title: 'Arbeitsplätze',
  text: 'Sie teilen den Bestand und die Arbeit daran: Wer Zeit hat, analysiert die nächste Aufnahme.',
  columns: {
    name: 'Arbeitsplatz',
    state: 'Zustand',
    active: 'Fälle in Arbeit',
    trains: 'Trainiert',
    heard: 'Zuletzt gemeldet',
  },
  here: 'dieser',
  atOnce: (n) => `höchstens ${number(n)}`,
  leads: 'übernimmt die Nebenarbeiten: überwachte Ordner, Empfang, Senden, Aufbewahrung',
  states,
  hints,
  trains,
  waiting: 'Warten',
  underWay: 'In Analyse',
  rate: 'Fertig in der letzten Minute',
  oldest: 'Der älteste wartet',
  putAside: 'Zurückgestellt',
  trainings: 'Wartende Trainings',
  putAsideText:
    'Kein Arbeitsplatz wurde mit diesen Fällen fertig, obwohl jeder Fall mehrmals versucht wurde: oft eine Datei, an der die Analyse abbricht. Im Bestand stehen sie als empfangen.',
  more: (n: number) => `… und ${plural(n, 'weiterer', 'weitere')}.`,
  retry: 'Erneut versuchen',
  retried: (n: number) => `${plural(n, 'Fall ist', 'Fälle sind')} wieder in der Warteschlange.`,
  since: 'zurückgestellt',
  nobodyReads:
    'Kein Arbeitsplatz der Abteilung, der Fälle übernimmt, ist offen. Was wartet, wird ausgewertet, sobald einer es ist.',
  unfit: {
    word: 'Übernimmt keine Arbeit',
    title: 'Dieser Arbeitsplatz übernimmt keine Arbeit der Abteilung',
    text: 'Er prüft jede Sekunde, ob das vorbei ist, und macht von selbst weiter.',
    over: 'Er übernimmt wieder Arbeit.',
  },
  outbox: {
    word: 'Noch nicht im Bestand',
    mark: (n: number) =>
      `Noch nicht im Bestand: ${plural(n, 'Fall', 'Fälle')}. Die Datenbank oder der Dateispeicher der Abteilung antwortet nicht`,
    awayWord: 'Bestand nicht erreichbar',
    awayMark: 'Die Datenbank der Abteilung antwortet nicht',
    awayText:
      'Was hier geöffnet wird, wird trotzdem gelesen und auf diesem Arbeitsplatz aufgehoben, bis der Bestand wieder da ist. Arbeitslisten und Fälle aus dem Bestand können so lange nicht gezeigt und keine Befunde abgegeben werden. Gyrus versucht es von selbst wieder und zeigt sie dann.',
    title: 'Noch nicht im Bestand der Abteilung',
    text: 'Die Datenbank der Abteilung oder ihr Dateispeicher antwortet nicht. Was hier geöffnet wird, wird trotzdem gelesen und auf diesem Arbeitsplatz aufgehoben; es kommt von selbst in den Bestand, sobald dieser wieder da ist. Bis dahin steht es auf keiner Arbeitsliste, und niemand sonst sieht es.',
    delivered: 'Alles ist jetzt im Bestand.',
    file: 'Datei',
    answer: 'Was das Modell sagt',
    received: 'Geöffnet',
    kept: 'Zurückgehalten, bis Sie sagen, was Sie meinen',
    notJudged: 'Das Modell beurteilt es nicht',
    waits: 'Wartet',
  },
  limits: {
    title: 'Was dieser Arbeitsplatz übernimmt',
    cases: 'Fälle analysieren',
    casesHint: 'Sonst analysieren andere, was hier geöffnet wird.',
    atOnce: 'Fälle auf einmal',
    atOnceHint: '1 bis 64. Wenige lassen einen schwachen Rechner frei für den, der daran sitzt.',
    trainings: 'Modelle trainieren',
    keep: 'Behalten',
    lastTitle: 'Dann liest niemand',
    lastText:
      'Kein anderer Arbeitsplatz, der Fälle übernimmt, ist offen. Was geöffnet wird, wartet, bis einer es ist oder bis dieser wieder Fälle übernimmt.',
    lastYes: 'Trotzdem keine übernehmen',
    kept: 'Behalten. Es gilt ab jetzt; was in Arbeit ist, wird noch fertig.',
  },
  setting: {
    alone: 'Nur dieser Arbeitsplatz',
    join: 'Einer Abteilung beitreten',
    change: 'Ändern',
    leave: 'Verlassen',
    joined: 'Behalten. Ab dem nächsten Start von Gyrus gilt der Bestand der Abteilung.',
    left: 'Behalten. Ab dem nächsten Start von Gyrus gilt der Bestand dieses Arbeitsplatzes.',
    fromNextStart: (inForce) =>
      `Das gilt ab dem nächsten Start von Gyrus. Bis dahin arbeitet es mit ${inForce === null ? 'dem eigenen Bestand dieses Arbeitsplatzes' : `dem Bestand in ${inForce}`}.`,
    leaveTitle: 'Abteilung verlassen?',
    leaveSure:
      'Ab dem nächsten Start von Gyrus hat dieser Arbeitsplatz wieder seinen eigenen Bestand; der der Abteilung bleibt, wo er ist. Adresse und Passwort werden hier vergessen: Wer zurückwill, muss sie neu angeben.',
    leaveYes: 'Verlassen',
    leaveNo: 'Bleiben',
    byEnvironment: 'Durch GYRUS_DATABASE bestimmt, dort, wo Gyrus gestartet wird.',
    database: 'Adresse der Datenbank',
    databaseHint:
      'Als postgres://Benutzer@Rechner:Port/Datenbank, mit ?sslmode=verify-full, wo TLS verlangt wird. Das Passwort wird später niemandem gezeigt.',
    password: 'Passwort des Datenbankbenutzers von oben',
    kept: 'Bleibt, wie es ist',
    files: 'Gemeinsamer Ordner oder Speicher',
    filesHint:
      'Für Dateien nach ihren Hashes, Modelle und Datensätze: ein Ordner auf einem Laufwerk, das alle Arbeitsplätze haben, oder ein S3-kompatibler Speicher als s3://Bucket/Präfix?endpoint=https://…&region=…',
    filesKey: 'Zugriffsschlüssel',
    filesSecret: 'Geheimer Schlüssel',
    filesKeyHint:
      'Werden später niemandem gezeigt. Sie müssen im Bucket lesen, schreiben, auflisten und löschen dürfen.',
    attempt: 'Nur versuchen',
    keep: 'Behalten',
    keepHint: 'Vor dem Behalten wird es versucht; was nicht geht, wird nicht behalten.',
    cancel: 'Abbrechen',
    found: (version: string, cases: number | null) =>
      cases === null
        ? `PostgreSQL ${version} antwortet. Es gibt dort noch keinen Bestand: Er wird beim nächsten Start angelegt, leer. Um den hiesigen mitzunehmen, führen Sie vor dem Behalten „gyrus department move“ aus.`
        : `PostgreSQL ${version} antwortet. Der Bestand hat ${plural(cases, 'Fall', 'Fälle')}.`,
  },
}
