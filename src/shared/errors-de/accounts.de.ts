import type { ACCOUNT_ERRORS } from '../account-errors.ts'
import type { ENCRYPTION_ERRORS } from '../encryption-errors.ts'
import type { Said } from './said.ts'

export const accounts: Record<keyof typeof ACCOUNT_ERRORS, Said> = {
  'not-signed-in': ['Hier ist niemand angemeldet.', 'Melden Sie sich an, und tun Sie es dann noch einmal.'],
  'not-allowed': [
    'Das Konto „{name}“ darf das nicht: Es hat die Rolle {role}.',
    'Bitten Sie die Administration, es zu tun oder die Rolle des Kontos zu ändern.',
  ],
  'password-change-needed': [
    'Das Passwort von „{name}“ gilt nur einmal und muss erst geändert werden.',
    'Melden Sie sich bei Gyrus an, und wählen Sie ein eigenes Passwort.',
  ],
  'sign-in-refused': [
    'Name und Passwort passen nicht zusammen.',
    'Prüfen Sie beide und die Feststelltaste. Die Administration kann ein neues Passwort setzen.',
  ],
  'sign-in-delayed': [
    'Es gab Fehlversuche; der nächste ist in {seconds} s möglich.',
    'Warten Sie so lange, oder bitten Sie die Administration um ein neues Passwort.',
  ],
  'accounts-exist': [
    'Gyrus wurde schon eingerichtet.',
    'Melden Sie sich an, oder bitten Sie die Administration um ein Konto.',
  ],
  'account-first-administrator': [
    'Das erste Konto ist eines der Administration.',
    'Geben Sie ihm die Rolle „Administration“; damit legen Sie die anderen Konten an.',
  ],
  'account-name-invalid': [
    '„{name}“ kann nicht der Name eines Kontos sein.',
    'Nehmen Sie bis zu {maximum} Buchstaben, Ziffern, Leerzeichen und „.“, „-“, „_“, beginnend mit Buchstabe oder Ziffer.',
  ],
  'account-name-taken': [
    'Es gibt oder gab ein Konto „{name}“.',
    'Wählen Sie einen anderen Namen: Der Bestand kennt Personen für immer daran. Ein deaktiviertes Konto lässt sich aktivieren.',
  ],
  'account-unknown': ['Es gibt kein Konto „{name}“.', 'Sehen Sie in der Liste der Konten nach.'],
  'account-inactive': ['Das Konto „{name}“ ist deaktiviert.', 'Aktivieren Sie es zuerst.'],
  'account-last-administrator': [
    'Das ist das letzte aktive Konto der Administration.',
    'Geben Sie erst einem anderen Konto diese Rolle.',
  ],
  'password-short': [
    'Das Passwort hat {length} Zeichen; mindestens {minimum} sind nötig.',
    'Nehmen Sie ein längeres: Einige Wörter, die nicht zusammengehören, sind gut und leicht zu merken.',
  ],
  'password-long': ['Das Passwort hat mehr als {maximum} Zeichen.', 'Nehmen Sie ein kürzeres.'],
  'password-common': [
    'Dieses Passwort gehört zu denen, die zuerst probiert werden.',
    'Nehmen Sie eines, das niemand erriete: einige Wörter, die nicht zusammengehören.',
  ],
  'password-names': [
    'Das Passwort enthält den Namen des Kontos.',
    'Nehmen Sie eines, das niemand erriete: einige Wörter, die nicht zusammengehören.',
  ],
  'password-same': ['Das ist das Passwort, das zu ändern ist.', 'Nehmen Sie ein anderes.'],
  'token-unknown': ['Es gibt keinen Token „{id}“, der widerrufen werden könnte.', 'Siehe „gyrus accounts tokens“.'],
  'token-refused': [
    'Der Token ist hier nicht bekannt, widerrufen oder abgelaufen.',
    'Lassen Sie die Administration einen anlegen: gyrus accounts token NAME --for "wofür".',
  ],
  'terminal-needed': [
    'Dieser Bestand hat Konten, und es gibt kein Terminal, um Name und Passwort zu erfragen.',
    'Geben Sie einen Token mit GYRUS_TOKEN oder --token-file.',
  ],
}

export const encryption: Record<keyof typeof ENCRYPTION_ERRORS, Said> = {
  'passphrase-needed': [
    'Der Bestand ist verschlüsselt, und nichts nennt seine Passphrase.',
    'Starten Sie Gyrus in einem Terminal, wo es danach fragt, oder nennen Sie mit --passphrase-file eine Datei mit der Passphrase.',
  ],
  'passphrase-wrong': [
    'Die Passphrase ist nicht die dieses Bestands.',
    'Prüfen Sie die Feststelltaste, und versuchen Sie es erneut, oder geben Sie den Wiederherstellungscode ein. Dem Bestand fehlt nichts.',
  ],
  'passphrases-differ': ['Die beiden Passphrasen sind nicht gleich.', 'Geben Sie zweimal dieselbe ein.'],
  'keys-missing': [
    'Der Bestand ist verschlüsselt, und {path} mit seinem verpackten Schlüssel ist fort.',
    'Legen Sie die Datei zurück; jede Sicherung des verschlüsselten Bestands hat sie. Dem Bestand selbst fehlt nichts.',
  ],
  'keys-unreadable': [
    'Der verpackte Schlüssel des Bestands ist nicht lesbar ({path}: {reason}).',
    'Legen Sie die Datei zurück, wie sie war; jede Sicherung des verschlüsselten Bestands hat sie.',
  ],
  'encryption-unfinished': [
    'Der Bestand in {path} wurde ver- oder entschlüsselt, und das ist nicht fertig.',
    'Führen Sie „gyrus encrypt“ (oder „gyrus encrypt --off“) mit diesem Datenordner aus: Es geht weiter und verliert nichts.',
  ],
  'encryption-busy': [
    'Der Bestand wird gerade in die andere Richtung gewandelt.',
    'Lassen Sie das erst enden: ohne --off zum Verschlüsseln, mit --off zum Entschlüsseln.',
  ],
  'already-encrypted': [
    'Der Bestand ist schon verschlüsselt.',
    'Ändern Sie die Passphrase mit --change-passphrase, oder entschlüsseln Sie mit --off.',
  ],
  'not-encrypted': ['Der Bestand ist nicht verschlüsselt.', 'Verschlüsseln Sie ihn mit „gyrus encrypt“.'],
  'encryption-differs': [
    'Die Kopien stimmen nicht mit dem Bestand überein ({reason}); der Bestand bleibt, wie er war.',
    'Siehe „gyrus audit verify --files“; bringen Sie in Ordnung, was dort steht, und tun Sie es dann noch einmal.',
  ],
  'backup-other-key': [
    'Die Sicherung {path} ist mit einem anderen Schlüssel verschlüsselt als dieser Bestand.',
    'Prüfen Sie sie mit „gyrus backup --verify“, das nach der damaligen Passphrase fragt. Noch ist mit ihr nichts verkehrt.',
  ],
  'key-store-unusable': [
    'Der Schlüssel kann nicht im Schlüsselspeicher dieses Rechners liegen: {reason}.',
    'Geben Sie die Passphrase bei jedem Start ein, oder richten Sie einen Schlüsselspeicher ein (unter Linux: ein Keyring, bei der Anmeldung entsperrt).',
  ],
}
