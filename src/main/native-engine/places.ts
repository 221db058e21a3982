import { join } from 'node:path'

/** Where things lie in `<data folder>/native-engine`. */
export interface Places {
  root: string
  /** The installed engine; a tfjs-node package by its layout. Comes into being by one rename, as a whole. */
  installed: string
  /** What an installation has so far. */
  work: string
  lock: string
}

export const nativeEngineFolder = (dataDir: string) => join(dataDir, 'native-engine')

export function placesFor(dataDir: string, version: string): Places {
  const root = nativeEngineFolder(dataDir)
  return {
    root,
    installed: join(root, version),
    work: join(root, `.work-${version}`),
    lock: join(root, 'install.lock'),
  }
}

/** Of TensorFlow's libraries, inside the package. */
export const LIBRARY_FOLDER = 'deps/lib'
