import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ENCRYPTED = join(import.meta.dirname, 'test', 'support', 'encrypted-sqlite.ts')
const inDepartment = (file: string) => join(import.meta.dirname, 'test', 'department', 'support', file)
const LOOK_HERE = join(import.meta.dirname, 'test', 'support', 'look-here.ts')

export default defineConfig({
  test: {
    pool: 'forks',
    // What is started for real logs here, and not at the place of whoever runs the tests.
    env: { GYRUS_LOGS: join(import.meta.dirname, '.cache', 'logs') },
    maxWorkers: 2,
    // A busy machine can upset one test in thousands. What passes only then is listed at the end of `npm test`, to be mended.
    retry: 1,
    // Beside other work a frame, a step of a verification or a start takes a second and more.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', './scripts/test-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/electron/**', 'test/department/**'],
          globalSetup: ['test/support/paper-setup.ts', 'test/support/dicom-setup.ts'],
          // Many start the command line several times, each of which takes seconds beside other work.
          testTimeout: 40_000,
          hookTimeout: 30_000,
        },
      },
      {
        // The store once more, on encrypted databases.
        extends: true,
        resolve: {
          alias: [
            { find: /^better-sqlite3$/, replacement: ENCRYPTED },
            // A thread knows nothing of the first.
            { find: /^\.\/in-thread\.ts$/, replacement: LOOK_HERE },
          ],
        },
        test: {
          name: 'encrypted',
          include: ['test/store/**/*.test.ts'],
          // They share nothing but the modules, and to load these anew took a quarter of the time.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        // The store once more, in the department's database: a file's name stands for a database of a PostgreSQL server.
        extends: true,
        resolve: {
          alias: [
            { find: /^better-sqlite3$/, replacement: inDepartment('sqlite-peek.ts') },
            { find: /^(\.|.*\/main\/store)\/open\.ts$/, replacement: inDepartment('open.ts') },
            { find: /^\.\/there\.ts$/, replacement: inDepartment('there.ts') },
            { find: /^\.\.\/support\/(spoil|undo)\.ts$/, replacement: inDepartment('$1.ts') },
          ],
        },
        test: {
          name: 'store-postgres',
          include: ['test/store/**/*.test.ts'],
          env: { GYRUS_TEST_STORE: 'postgres' },
          globalSetup: ['test/department/support/setup.ts'],
          testTimeout: 40_000,
          hookTimeout: 30_000,
        },
      },
      {
        // What a department shares: a real server, and workstations as processes of their own.
        extends: true,
        test: {
          name: 'department',
          include: ['test/department/**/*.test.ts'],
          globalSetup: ['test/department/support/setup.ts', 'test/department/support/s3-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/browser-setup.ts', 'test/support/archive-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // After all others.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'electron',
          include: ['test/electron/**/*.test.ts'],
          globalSetup: 'test/electron/support/setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
