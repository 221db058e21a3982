/** What can go wrong with the department's database; part of `ERRORS`. */
export const DEPARTMENT_ERRORS = {
  'database-address': {
    message: 'This is not the address of a PostgreSQL database ({reason}).',
    action: 'Give it as postgres://user:password@host:port/database, with sslmode=verify-full where TLS is required.',
  },
  'database-unreachable': {
    message: 'The department’s database does not answer ({reason}).',
    action: 'Check the network and whether the server runs. It is tried again by itself, and nothing is lost.',
  },
  'database-refused': {
    message: 'The department’s database refuses this workstation ({reason}).',
    action: 'Check user, password, name of the database, and whether TLS is required.',
  },
  'database-unsuitable': {
    message: 'The department’s database cannot hold the record ({reason}).',
    action: 'It has to be PostgreSQL 15 or newer with ICU, and the database has to be in UTF-8.',
  },
  'department-missing': {
    message: 'This workstation belongs to no department: its record is its own.',
    action:
      'Set the address of the database (GYRUS_DATABASE) and the folder that all workstations share (GYRUS_FILES).',
  },
  'department-own-means': {
    message: 'The record lies in the department’s database, which has means of its own for that.',
    action: 'See docs/department.md: its administrator backs it up, restores it and encrypts its disks.',
  },
  'department-settings': {
    message: 'The department’s settings are not whole ({reason}).',
    action:
      'Set the address of the database (GYRUS_DATABASE) and the folder that all workstations share (GYRUS_FILES).',
  },
} as const
