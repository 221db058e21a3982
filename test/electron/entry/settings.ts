/** What the test tells the shell that it starts, by the environment. */
export interface Settings {
  /** Node 24, which runs the core. */
  node: string
  /** The core's process (core-process.ts). */
  core: string
  /** The built screens. */
  page: string
  /** Socket at which the test listens. */
  socket: string
}

export const SETTINGS = 'GYRUS_TEST_SHELL'

export const readSettings = () => JSON.parse(process.env[SETTINGS] ?? '{}') as Settings
