/** Failures of encryption at rest; part of `ERRORS`. */
export const ENCRYPTION_ERRORS = {
  'passphrase-needed': {
    message: 'The record is encrypted, and nothing gives its passphrase.',
    action: 'Start Gyrus in a terminal, where it asks, or name a file with the passphrase by --passphrase-file.',
  },
  'passphrase-wrong': {
    message: 'The passphrase is not that of this record.',
    action: 'Check the caps lock and try again, or give the recovery code. Nothing is wrong with the record.',
  },
  'passphrases-differ': { message: 'The two passphrases are not the same.', action: 'Type the same one twice.' },
  'keys-missing': {
    message: 'The record is encrypted, and {path} with its wrapped key is gone.',
    action: 'Put the file back; each backup of the encrypted record has it. Nothing is wrong with the record itself.',
  },
  'keys-unreadable': {
    message: 'The wrapped key of the record cannot be read ({path}: {reason}).',
    action: 'Put the file back as it was; each backup of the encrypted record has it.',
  },
  'encryption-unfinished': {
    message: 'The record in {path} was being encrypted or decrypted, and that is not finished.',
    action: 'Run “gyrus encrypt” (or “gyrus encrypt --off”) with this data folder: it goes on and loses nothing.',
  },
  'encryption-busy': {
    message: 'The record is being turned the other way.',
    action: 'Let that finish first: run the command without --off to encrypt, with --off to decrypt.',
  },
  'already-encrypted': {
    message: 'The record is encrypted already.',
    action: 'Change its passphrase with --change-passphrase, or decrypt it with --off.',
  },
  'not-encrypted': { message: 'The record is not encrypted.', action: 'Encrypt it with “gyrus encrypt”.' },
  'encryption-differs': {
    message: 'The copies do not agree with the record ({reason}); the record is left as it was.',
    action: 'See “gyrus audit verify --files”, set right what it names, then do it again.',
  },
  'backup-other-key': {
    message: 'The backup {path} is encrypted with another key than this record.',
    action:
      'Verify it by “gyrus backup --verify”, which asks for the passphrase of its time. Nothing is wrong with it yet.',
  },
  'key-store-unusable': {
    message: 'The key cannot be kept in this machine’s key store: {reason}.',
    action: 'Give the passphrase at each start, or set a key store up (on Linux: a keyring, unlocked at sign-in).',
  },
} as const
