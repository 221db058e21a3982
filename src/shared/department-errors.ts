/** What can go wrong with the department's database; part of `ERRORS`. */
export const DEPARTMENT_ERRORS = {
  'database-address': {
    message: 'The address of the PostgreSQL database cannot be used ({reason}).',
    action:
      'Give it as postgres://user:password@host:port/database; of sslmode there are disable, require and verify-full.',
  },
  'database-unreachable': {
    message: 'The department’s database does not answer ({reason}).',
    action: 'Check the address, the network, and whether the server runs.',
  },
  'database-refused': {
    message: 'The department’s database refuses this workstation ({reason}).',
    action:
      'Check user, password, name of the database, whether TLS is required (sslmode), and the rights of the role (`gyrus department grant`).',
  },
  'database-without-tls': {
    message: 'The department’s database speaks no TLS, which its address asks for.',
    action:
      'Check that it is the right server, and have TLS set up there. Only where the network is safe without, leave sslmode out of the address.',
  },
  'database-password-missing': {
    message: 'The department’s database asks for a password, and its address has none.',
    action:
      'Give it beside the address, or in it as postgres://user:password@host:port/database. Another user needs another password than the one that is kept.',
  },
  'database-unsuitable': {
    message: 'The department’s database cannot hold the record ({reason}).',
    action: 'It has to be PostgreSQL 15 or newer with ICU, and the database has to be in UTF-8.',
  },
  'department-missing': {
    message: 'This workstation belongs to no department: its record is its own.',
    action:
      'Join one under Admin › Settings › Department, or write department.json into the data folder: the address of the database and the folder or store that all workstations share. GYRUS_DATABASE and GYRUS_FILES say the same.',
  },
  'department-own-means': {
    message: 'The record lies in the department’s database, which has means of its own for that.',
    action: 'See docs/department.md: its administrator backs it up, restores it and encrypts its disks.',
  },
  'department-by-environment': {
    message: 'The department is set by GYRUS_DATABASE, which is not changed from here.',
    action: 'Change it where Gyrus is started.',
  },
  'department-folder': {
    message: 'No files can be shared in {path}: it is no folder that can be written to.',
    action: 'Connect its drive, or choose a folder that all workstations can write to.',
  },
  'department-folder-own': {
    message: '{path} is this workstation’s own data folder, which no other one can reach.',
    action: 'Choose another folder, on a drive that all workstations have.',
  },
  'files-unmarked': {
    message:
      'The files of the department’s record are not in {place}: the mark of that record is missing there ({reason}).',
    action:
      'Check that its drive is connected, and that the address is the one that the other workstations have. Only where it is the right place, and record.json in it was lost, write it anew: {mark}',
  },
  'files-gone': {
    message:
      'The files of the department’s record are no longer in {place}: the mark of that record is missing there ({reason}).',
    action:
      'Have its drive connected again. Where it is, a start of Gyrus there tells an administrator how the mark is mended.',
  },
  'files-other-record': {
    message: '{place} has the files of another record.',
    action:
      'Check that the addresses of database and files belong together; a new record needs a folder or a store of its own. Only where that record is given up, and its files are to be those of this one, remove record.json there.',
  },
  'files-address': {
    message: 'This is not the address of a store for shared files ({reason}).',
    action:
      'Give it as s3://bucket/prefix?endpoint=https://…&region=…. Key and secret stand beside it (GYRUS_FILES_KEY, GYRUS_FILES_SECRET).',
  },
  'files-credentials': {
    message: 'A store for shared files is asked with a key and a secret, and one of them is missing.',
    action: 'Set GYRUS_FILES_KEY and GYRUS_FILES_SECRET, or filesKey and filesSecret in department.json.',
  },
  'files-unreachable': {
    message: 'The department’s store of files does not answer ({endpoint}: {reason}).',
    action: 'Check the address, the network, and whether the store runs.',
  },
  'files-refused': {
    message: 'The department’s store of files refuses this workstation ({endpoint}: {reason}).',
    action: 'Check key, secret, region and the clock; the key must read, write, list and delete in the bucket.',
  },
  'files-bucket-missing': {
    message: 'The department’s store of files has no bucket {bucket}.',
    action: 'Make it first, or correct its name in the address.',
  },
  'files-missing': {
    message: 'The department’s store of files has no {path}.',
    action: 'Restore it from the store’s versions or from a backup of it.',
  },
  'files-altered': {
    message: 'What the department’s store has as {path} is not what was kept there.',
    action: 'It was not read. Restore it from the store’s versions or from a backup of it.',
  },
  'department-model-differs': {
    message: 'This Gyrus came with another model than the department’s.',
    action: 'Give all workstations the same version of Gyrus, or activate a model. Until then this one takes no work.',
  },
  'outbox-unreadable': {
    message: 'What waits here for the department’s record cannot be read ({reason}).',
    action: 'Put outbox.jsonl in the data folder aside for support, and start Gyrus again.',
  },
  'department-settings': {
    message: 'The department’s settings are not whole ({reason}).',
    action: 'Correct the file of that name in the data folder.',
  },
  'department-files-unset': {
    message: 'GYRUS_DATABASE names a department’s database, and GYRUS_FILES no place for its files.',
    action:
      'Set GYRUS_FILES to the folder or store that all workstations share; of a store also GYRUS_FILES_KEY and GYRUS_FILES_SECRET.',
  },
  'department-owner': {
    message: 'Only the owner of the department’s tables may do this.',
    action: 'Give the address with the role that the database was set up with.',
  },
  'department-role-missing': {
    message: 'The database knows no role {role}.',
    action: 'Create it first, as its administrator: create role {role} login password …',
  },
  'department-role-owner': {
    message: 'The role {role} owns the tables, or may do anything: no rights could keep the audit trail from it.',
    action: 'Name another role, which workstations sign in with.',
  },
  'department-in-use': {
    message: 'Workstations of the department are connected ({connections} connections).',
    action: 'Close Gyrus on all of them, and end `gyrus worker` where it runs.',
  },
  'department-already': {
    message: 'This workstation belongs to a department already: its own record is not in force.',
    action: 'Unset GYRUS_DATABASE, or move department.json out of the data folder, to move the record that lies there.',
  },
  'move-target-used': {
    message: 'There is something already where the record was to go ({place}).',
    action:
      'Name an empty database, or a file that is not there yet. The record was not moved; files that were copied before stay, and are used again.',
  },
  'move-left-before': {
    message: 'This record was moved to {place} already ({at}), and is gone on with there.',
    action: 'Move the one that lies there. Only where that one was given up, move this one once more, with --again.',
  },
  'move-unfinished': {
    message: 'A batch or a training is not done yet ({name}).',
    action: 'Start Gyrus and let it end, or pause or cancel it; then close Gyrus, and move the record.',
  },
  'move-unfit': {
    message: 'PostgreSQL cannot hold what stands in the record: {table}, row {row}, {column}.',
    action:
      'It is text with a NUL character, or a value of another kind than its column. The record was not moved; files that were copied before stay, and are used again.',
  },
  'move-differs': {
    message: 'What came over is not what was there before ({reason}).',
    action:
      'The record was not moved, and is as it was; files that were copied before stay, and are used again. Try again; where it differs again, report it.',
  },
  'move-unsound': {
    message: 'The record is not sound ({reason}), so that it was not moved.',
    action: 'See `gyrus audit verify`. Restore a backup that is sound, and move that.',
  },
  'move-file-differs': {
    message: 'A file is not what its name or its copy says ({path}).',
    action: 'Restore it from a backup. The record was not moved; what was copied before it stays, and is used again.',
  },
} as const
