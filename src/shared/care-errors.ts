/** Failures of backups, restoring and erasing; part of `ERRORS`. */
export const CARE_ERRORS = {
  'backup-folder-missing': {
    message: 'The folder for backups is not there ({path}).',
    action: 'Connect its drive, or choose another folder. Gyrus tries again by itself; nothing is lost.',
  },
  'backup-folder-unwritable': {
    message: 'The backup cannot be written to {path} ({reason}).',
    action: 'Check the drive and the rights there, then make the backup again. What is half made counts as none.',
  },
  'backup-folder-full': {
    message: 'There is no room left in the folder for backups ({path}).',
    action: 'Make room there, or keep fewer backups, then make the backup again. What is half made counts as none.',
  },
  'backup-folder-inside': {
    message: 'The folder for backups lies in the data folder ({path}).',
    action: 'Choose a folder on another drive: what takes the one must not take the other.',
  },
  'backup-busy': {
    message: 'A backup is being made into this folder already.',
    action: 'Wait until it is done, or cancel it.',
  },
  'backup-record-broken': {
    message: 'No sound backup can be made: the record does not agree with its audit trail. {reason}',
    action: 'See “gyrus audit verify”. Earlier backups are kept; copy the data folder as it is while Gyrus is closed.',
  },
  'backup-invalid': {
    message: 'There is no backup of Gyrus at {path} ({reason}).',
    action:
      'Give one of the folders “gyrus-backup-…” that “gyrus backup” made, beside its folders “scans” and “files”.',
  },
  'backup-unsound': {
    message: 'The backup {path} is not what it was when it was made: {reason}',
    action: 'Do not use it. Restore another one, and keep this one for support.',
  },
  'restore-folder-used': {
    message: 'The data folder {path} is not empty.',
    action: 'Give an empty one, or put the old one aside with --replace.',
  },
  'record-damaged': {
    message: 'The database is damaged ({reason}). The newest backup is {backup}.',
    action: 'Close Gyrus and run: {command} — it puts the damaged data folder aside and deletes nothing.',
  },
  'record-vanished': {
    message:
      'The data folder {path} holds scans, but its database gyrus.sqlite is gone. The newest backup is {backup}.',
    action: 'Put the file back, or run: {command} — a new record is never begun over an old one.',
  },
  'patient-unknown': {
    message: 'There is no case of this patient.',
    action: 'Check the ID, or name the cases by their own ids with --case.',
  },
  'case-erased': {
    message: 'What this case said of its patient was erased.',
    action: 'Nothing more can be done with it; open the scan again if you have it and may.',
  },
  'case-held': {
    message: 'A legal hold keeps the case {case}: nothing of it is erased.',
    action: 'Lift the hold first, with the reason for it (Admin › Data care, or “gyrus patient release”).',
  },
  'hold-unknown': {
    message: 'There is no such hold, or it was lifted already.',
    action: 'Look at the list of holds again.',
  },
  'image-removed': {
    message:
      'The copy of this image was removed on {on}: the department keeps images of signed cases for {months} months.',
    action: 'Open the original file again if you need to see it. What was said of it stays here.',
  },
  'retention-clock': {
    message: 'The clock of this machine went on from {before} to {after} at once: nothing is removed by a rule.',
    action:
      'Check the date. If it is right, say so under Admin › Data care, or with “gyrus retention --clock-is-right”.',
  },
  'retention-off': {
    message: 'No rule says how long cases are kept: nothing is removed.',
    action: 'Set one under Admin › Data care, or with “gyrus retention”.',
  },
  'retention-busy': {
    message: 'Cases are being removed by the rules just now.',
    action: 'Wait until that is done.',
  },
  'erase-during-backup': {
    message: 'A backup is being made, which would still hold what is erased and not be told.',
    action: 'Wait until it is done, or cancel it, then erase.',
  },
  'backup-unknown': {
    message: 'The record knows of no such backup.',
    action: 'Look at the list of backups again.',
  },
  'backup-folder-unset': {
    message: 'No folder for backups is set.',
    action: 'Choose one, or set it with “gyrus backup --daily <folder>”.',
  },
  'erase-unfinished': {
    message: 'The case {case} is still being analysed.',
    action: 'Start Gyrus and let it finish, then erase it.',
  },
} as const
