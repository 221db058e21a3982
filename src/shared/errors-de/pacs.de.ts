import type { OBJECTS_ERRORS } from '../objects-errors.ts'
import type { PACS_ERRORS } from '../pacs-errors.ts'
import type { SENDING_ERRORS } from '../sending-errors.ts'
import type { SOURCE_ERRORS } from '../source-errors.ts'
import type { Said } from './said.ts'

export const pacs: Record<keyof typeof PACS_ERRORS, Said> = {
  'pacs-unknown': [
    'Es gibt keine solche Verbindung zu einem PACS, oder sie ist ausgeschaltet.',
    'Sehen Sie die Liste der Verbindungen unter Verwaltung › Quellen an.',
  ],
  'pacs-name-taken': [
    'Es gibt schon eine Verbindung namens „{name}“.',
    'Geben Sie dieser einen anderen Namen; er steht im Audit-Protokoll.',
  ],
  'pacs-unreachable': [
    'Das PACS „{pacs}“ ist nicht erreichbar ({reason}).',
    'Prüfen Sie Rechner und Port, dass das PACS läuft und keine Firewall dazwischen steht.',
  ],
  'pacs-host-unknown': [
    'Das PACS „{pacs}“ ist nicht zu finden: Sein Rechnername hat keine Adresse.',
    'Prüfen Sie den Rechnernamen, oder geben Sie die IP-Adresse an.',
  ],
  'pacs-timeout': [
    'Das PACS „{pacs}“ antwortete nicht rechtzeitig.',
    'Versuchen Sie es erneut. Bleibt es dabei, fragen Sie die PACS-Betreuung, ob es ausgelastet ist oder auf etwas wartet.',
  ],
  'pacs-ended': [
    'Das PACS „{pacs}“ beendete die Verbindung ({reason}).',
    'Versuchen Sie es erneut. Bleibt es dabei, sagt das Log des PACS, warum.',
  ],
  'pacs-tls': [
    'Keine sichere Verbindung zum PACS „{pacs}“ ({reason}).',
    'Prüfen Sie, ob das PACS an diesem Port TLS hat und das hier gesetzte Zertifikat seines signiert hat.',
  ],
  'pacs-rejected-called': [
    'Das PACS „{pacs}“ kennt den AE-Titel nicht, mit dem es gerufen wurde.',
    'Vergleichen Sie den AE-Titel des PACS unter Verwaltung › Quellen mit dem des PACS.',
  ],
  'pacs-rejected-calling': [
    'Das PACS „{pacs}“ kennt Gyrus nicht unter seinem AE-Titel.',
    'Lassen Sie den AE-Titel von Gyrus und die Adresse dieses Rechners im PACS eintragen.',
  ],
  'pacs-rejected': [
    'Das PACS „{pacs}“ lehnte die Verbindung ab ({reason}).',
    'Versuchen Sie es später erneut. Bleibt es dabei, sagt das Log des PACS, warum.',
  ],
  'pacs-not-offered': [
    'Das PACS „{pacs}“ bietet Gyrus {service} nicht an.',
    'Lassen Sie es im PACS freigeben, oder wählen Sie unter Verwaltung › Quellen einen anderen Weg.',
  ],
  'pacs-forbidden': [
    'Das PACS „{pacs}“ lässt Gyrus nicht ein (HTTP {status}).',
    'Prüfen Sie Benutzer und Passwort oder den Token unter Verwaltung › Quellen, und was das PACS ihnen erlaubt.',
  ],
  'pacs-redirects': [
    'Das PACS „{pacs}“ schickt Gyrus zu einer anderen Adresse (HTTP {status}), wohin es nicht geht.',
    'Geben Sie unter Verwaltung › Quellen die Adresse an, zu der es führt, wenn das das PACS ist; oft https statt http.',
  ],
  'pacs-status': [
    'Das PACS „{pacs}“ konnte es nicht tun (Status {status}{comment}).',
    'Versuchen Sie es erneut. Bleibt es dabei, geben Sie diesen Status der PACS-Betreuung.',
  ],
  'pacs-out-of-resources': [
    'Das PACS „{pacs}“ hat dafür jetzt keine Mittel (Status {status}{comment}).',
    'Versuchen Sie es später erneut, oder verlangen Sie weniger, etwa eine Serie.',
  ],
  'pacs-destination-unknown': [
    'Das PACS „{pacs}“ weiß nicht, wohin es senden soll: Es hat keinen Eintrag für den AE-Titel {ae}.',
    'Lassen Sie den AE-Titel des DICOM-Empfangs mit Adresse und Port im PACS eintragen, oder rufen Sie mit C-GET ab.',
  ],
  'pacs-listener-off': [
    'Das PACS „{pacs}“ sendet an den DICOM-Empfang hier (C-MOVE), der nicht an ist.',
    'Schalten Sie ihn unter Verwaltung › Quellen ein, mit dem PACS als Partner, oder rufen Sie mit C-GET ab.',
  ],
  'pacs-partial': [
    'Das PACS „{pacs}“ konnte {failed} von {total} Objekten nicht senden.',
    'Was kam, steht in der Arbeitsliste. Rufen Sie den Rest erneut ab; Objekte, die Gyrus nicht liest, bleiben weg.',
  ],
  'pacs-nothing-there': [
    'Das PACS „{pacs}“ hat dazu nichts zu senden.',
    'Suchen Sie noch einmal: Vielleicht wurde es verschoben oder gelöscht.',
  ],
  'pacs-malformed': [
    'Was das PACS „{pacs}“ sandte, entspricht nicht dem Standard ({reason}).',
    'Versuchen Sie es erneut. Bleibt es dabei, geben Sie diesen Satz der PACS-Betreuung.',
  ],
  'pacs-too-much': [
    'Das PACS „{pacs}“ sandte mehr, als Gyrus nimmt ({reason}).',
    'Verlangen Sie weniger, etwa eine Serie.',
  ],
  'pacs-not-kept': [
    '{failed} Objekte des PACS „{pacs}“ konnten hier nicht aufbewahrt werden.',
    'Prüfen Sie, ob auf der Platte Platz ist, und rufen Sie dann erneut ab.',
  ],
  'pacs-busy': [
    'Es warten schon {waiting} Abrufe.',
    'Warten Sie, bis einige beendet sind, oder brechen Sie welche ab.',
  ],
  'pacs-not-stored': [
    'Das PACS „{pacs}“ nahm das Objekt nicht an (Status {status}{comment}).',
    'Versuchen Sie es erneut. Bleibt es dabei, geben Sie diesen Status der PACS-Betreuung.',
  ],
  'pacs-crashed': [
    'Der Prozess, der mit dem PACS „{pacs}“ spricht, endete unerwartet ({reason}).',
    'Versuchen Sie es erneut. Bleibt es dabei, ist nicht verwendbar, was dieses PACS sendet; sagen Sie es dem Support.',
  ],
}

export const sending: Record<keyof typeof SENDING_ERRORS, Said> = {
  'pacs-off': [
    'Die Verbindung zum PACS „{pacs}“ ist ausgeschaltet.',
    'Schalten Sie sie unter Verwaltung › Quellen ein; was wartet, wird dann von selbst gesendet.',
  ],
  'sending-unknown': [
    'Das wartet nicht mehr darauf, gesendet zu werden.',
    'Sehen Sie den Fall noch einmal an: Es wurde inzwischen gesendet oder aufgegeben.',
  ],
}

export const sources: Record<keyof typeof SOURCE_ERRORS, Said> = {
  'listener-port-taken': [
    'Der DICOM-Empfang kann Port {port} an {address} nicht benutzen: Ein anderes Programm hat ihn.',
    'Schließen Sie jenes Programm, oder geben Sie dem Empfang einen anderen Port. Es wird von selbst wieder versucht.',
  ],
  'listener-address-unknown': [
    'Der DICOM-Empfang kann nicht an {address} empfangen: Dieser Rechner hat keine solche Adresse.',
    'Geben Sie eine Adresse dieses Rechners an, oder 127.0.0.1 nur für diesen Rechner.',
  ],
  'listener-port-forbidden': [
    'Der DICOM-Empfang darf Port {port} nicht benutzen: Das System behält ihn für sich.',
    'Nehmen Sie einen Port ab 1024, etwa 11112.',
  ],
  'listener-failed': [
    'Der DICOM-Empfang startet nicht ({reason}).',
    'Es wird von selbst wieder versucht. Bleibt es dabei, schalten Sie ihn aus und ein, oder starten Sie Gyrus neu.',
  ],
  'listener-certificate-unfit': [
    'Der DICOM-Empfang kann TLS nicht benutzen: {reason}.',
    'Geben Sie ihm ein Zertifikat dieses Rechners und den zugehörigen privaten Schlüssel, beide als PEM.',
  ],
  'source-unknown': ['Es gibt keine solche Quelle.', 'Sehen Sie die Liste der Quellen noch einmal an.'],
  'source-folder-unfit': [
    'Der Ordner {path} kann nicht überwacht werden: {reason}.',
    'Wählen Sie einen Ordner, in den andere Aufnahmen legen, und sonst nichts.',
  ],
}

export const objects: Record<keyof typeof OBJECTS_ERRORS, Said> = {
  'objects-not-dicom': [
    'Die Datei dieses Falls ist keine DICOM-Datei, oder was sie sagte, wurde gelöscht.',
    'DICOM-Objekte entstehen nur aus DICOM-Bildern; einen Bericht gibt es zu jedem Fall.',
  ],
  'objects-no-study': [
    'Die DICOM-Datei dieses Falls sagt nicht, zu welcher Studie sie gehört.',
    'Senden Sie das Bild noch einmal aus seiner Quelle, und öffnen Sie jenes.',
  ],
  'objects-no-answer': [
    'Es gibt keine Antwort des Modells, aus der DICOM-Objekte entstehen könnten.',
    'Lassen Sie den Fall erst auswerten.',
  ],
  'objects-not-signed': [
    'Der Fall ist nicht signiert, und DICOM-Objekte entstehen nur aus signierten Fällen.',
    'Signieren Sie ihn zuerst. Die Administration kann vorläufige unter Verwaltung › Einstellungen erlauben.',
  ],
  'objects-earlier-answer': [
    'Die Beurteilung dieses Falls gilt einer früheren Antwort; jetzt gilt die eines anderen Modells.',
    'Beurteilen Sie erst die gültige Antwort.',
  ],
  'objects-second-open': [
    'Dieser Fall wartet auf seinen Zweit- oder Drittbefund.',
    'Erstellen Sie die DICOM-Objekte, wenn das entschieden ist.',
  ],
}
