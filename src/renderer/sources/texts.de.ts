import type { Translated } from '../../shared/language.ts'
import type { ListenerSettings } from '../../shared/sources.ts'
import { number, plural } from '../format.ts'
import { passedText } from './rule-texts.ts'
import type { sourceTexts } from './texts.ts'

const fields = {
  aeTitle: 'AE-Titel',
  address: 'Empfängt an',
  port: 'Port',
  maxAssociations: 'Gleichzeitige Verbindungen',
  maxObjectMegabytes: 'Größtes Objekt, MB',
  maxPduKilobytes: 'Größte PDU, kB',
  idleSeconds: 'Zeitgrenze, s',
}

const peersOf = (settings: ListenerSettings) =>
  settings.peers.map(({ aeTitle, address }) => `${aeTitle} an ${address}`).join(', ') || 'niemand'

export const german: Translated<typeof sourceTexts> = {
  reasons: {
    address: 'Kein Partner hat diese Adresse',
    'calling-ae': 'Kein Partner hat diesen AE-Titel an dieser Adresse',
    'called-ae': 'Es verlangte einen anderen AE-Titel als diesen',
    'nothing-accepted': 'Es bot nichts an, was Gyrus nimmt',
    'too-many': 'Zu viele Verbindungen zugleich',
    malformed: 'Es sandte etwas, das kein DICOM ist',
    timeout: 'Es wurde nicht rechtzeitig fertig',
    'too-large': 'Ein Objekt über der Grenze',
    'not-kept': 'Ein Objekt, das nicht aufbewahrt werden konnte',
    tls: 'Kein TLS, oder ein nicht angenommenes Zertifikat',
  },
  today: (counts) => {
    const { received, known, refused } = counts
    return [
      `Heute: ${plural(received, 'Datei', 'Dateien')} empfangen`,
      ...(known ? [`${number(known)} schon im Bestand`] : []),
      ...(refused ? [`${number(refused)} abgelehnt`] : []),
      ...[passedText(counts) ?? []].flat(),
    ].join(', ')
  },
  listener: {
    title: 'DICOM-Empfang',
    text: 'Ein Gerät, ein PACS oder eine Workstation kann Bilder an Gyrus senden (C‑STORE) und fragen, ob es da ist (C‑ECHO). Ein Bild wird bestätigt, wenn es im Bestand ist. Ohne TLS ist nichts verschlüsselt: nur in einem Netz, dem Sie vertrauen.',
    on: 'Empfangen',
    fields,
    addressHint:
      '127.0.0.1 ist nur dieser Rechner. Damit andere senden können, geben Sie die Adresse an, die dieser Rechner in deren Netz hat.',
    open: 'Andere Rechner erreichen diese Adresse. Nur die Partner unten dürfen senden; ohne TLS ist, was sie senden, unterwegs unverschlüsselt.',
    peers: 'Partner',
    peersHint:
      'Wer senden darf: AE-Titel und Adresse müssen beide passen. Eine Adresse darf ein Netz sein, etwa 10.1.2.0/24.',
    nobody: 'Noch darf niemand senden.',
    peerAe: 'AE-Titel eines Partners',
    peerAddress: 'Adresse eines Partners',
    add: 'Partner hinzufügen',
    remove: (peer) => `${peer || 'Diesen Partner'} entfernen`,
    limits: 'Grenzen',
    tls: 'TLS',
    tlsOn: 'Gesendetes verschlüsseln (TLS); wer ohne sendet, wird abgelehnt',
    certificate: 'Zertifikat dieses Rechners (PEM)',
    clientCa: 'Zertifikat, das die der Absender signiert (PEM); leer: Absender brauchen keines',
    key: 'Privater Schlüssel (PEM)',
    keyKept: 'Ein Schlüssel ist hinterlegt. Er wird nie gezeigt; was hier eingegeben wird, tritt an seine Stelle.',
    test: 'Von hier aus anfragen (C‑ECHO)',
    testing: 'Anfrage läuft …',
    answers: (aeTitle, address) =>
      `Er antwortete ${aeTitle} an ${address}: Absender erreichen ihn, soweit das Netz sie lässt.`,
    turnsAway: (aeTitle, address) =>
      `Er empfängt und wies ${aeTitle} an ${address} ab: Das ist keiner seiner Partner. Um von diesem Rechner mehr zu prüfen, fügen Sie einen Partner mit dieser Adresse hinzu.`,
    save: 'Speichern',
    saved: 'Der DICOM-Empfang ist eingestellt.',
    states: {
      off: 'Aus.',
      starting: 'Startet…',
      ready: 'Empfängt.',
      restarting: 'Er endete unerwartet und wird neu gestartet.',
      failed: 'Empfängt nicht.',
    },
    at: (aeTitle, address, port) => `Empfängt als ${aeTitle} an ${address}, Port ${port}.`,
    last: (at, aeTitle, address) => `Letztes Bild ${at} von ${aeTitle} an ${address}.`,
    noneYet: 'Seit dem Start von Gyrus kam kein Bild.',
    echoed: (at, aeTitle, address) => `Zuletzt gefragt, ob er da ist, ${at} von ${aeTitle} an ${address}.`,
    restarts: (n) => `Seit dem Start von Gyrus ${plural(n, 'Neustart', 'Neustarts')}.`,
    refused: 'Was abgelehnt wurde',
    columns: { at: 'Wann', who: 'AE-Titel', address: 'Adresse', why: 'Warum' },
  },
  folders: {
    title: 'Überwachte Ordner',
    text: 'Neue Bilder in diesen Ordnern werden von selbst übernommen: wenn sich eine Datei zwischen zwei Blicken, einige Sekunden auseinander, nicht geändert hat. Dateien bleiben, wo sie sind; was im Bestand ist, wird nicht noch einmal übernommen.',
    none: 'Kein Ordner wird überwacht.',
    add: 'Ordner überwachen…',
    elsewhere: 'Ein Browser kann keine Ordner nennen: siehe „gyrus sources watch --help“.',
    added: 'Der Ordner wird überwacht.',
    removed: 'Der Ordner wird nicht mehr überwacht. Was daraus kam, bleibt.',
    on: 'Überwachen',
    subFolders: 'mit Unterordnern',
    remove: 'Entfernen',
    removeSure: (path) => `${path} wird dann nicht mehr überwacht. Was daraus kam, bleibt im Bestand.`,
    states: {
      off: 'Aus',
      starting: 'Wird zum ersten Mal durchsucht…',
      ready: 'Überwacht',
      restarting: '',
      failed: 'Kann nicht durchsucht werden',
    },
    waiting: (n) => `${plural(n, 'Datei', 'Dateien')}, noch unvollständig oder noch nicht an der Reihe`,
    last: (at) => `letztes neues Bild ${at}`,
    problems: 'Kann nicht übernommen werden',
  },
  told: (settings) => [
    ['DICOM-Empfang', settings.on ? 'an' : 'aus'],
    [fields.aeTitle, settings.aeTitle],
    [fields.address, settings.address],
    [fields.port, String(settings.port)],
    ['Partner', peersOf(settings)],
    ['TLS', settings.tls.on ? `an, ${settings.tls.clientCa === '' ? 'ohne' : 'mit'} Zertifikaten der Absender` : 'aus'],
    [fields.maxAssociations, String(settings.maxAssociations)],
    [fields.maxObjectMegabytes, String(settings.maxObjectMegabytes)],
    [fields.maxPduKilobytes, String(settings.maxPduKilobytes)],
    [fields.idleSeconds, String(settings.idleSeconds)],
  ],
}
