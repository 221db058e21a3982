/** What the shell's code takes for granted and Node 12 has not. Imported before all else. */
import { PlainResponse } from './response.ts'

Object.assign(globalThis, { Response: PlainResponse })
Object.hasOwn ??= (object, key) => Object.getOwnPropertyDescriptor(object, key) !== undefined
