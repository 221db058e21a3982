import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Node-API versions that a binding may have been compiled for, newest first. */
const NODE_API_VERSIONS = [10, 9, 8, 7, 6, 5, 4, 3]

/** The compiled binding of a tfjs-node package, or undefined where its installation never made one. */
export function findBinding(dir: string): string | undefined {
  const folders = NODE_API_VERSIONS.filter((version) => version <= Number(process.versions.napi))
  return folders.map((version) => join(dir, 'lib', `napi-v${version}`, 'tfjs_binding.node')).find(existsSync)
}
