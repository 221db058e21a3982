/** Stands for `node:fs/promises`, a module that Node 12 has under another name. */
import { promises } from 'node:fs'

export const { readFile, writeFile } = promises
