import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type OnEnd, temporaryFolder } from '../../support/cleanup.ts'
import { freePort } from '../../support/free-port.ts'
import { pythonWith, run } from './python.ts'

/** NVIDIA's server as its package for Python brings it; that runs with NumPy 1 only. */
const PACKAGES = ['nvidia-pytriton==0.7.0', 'onnxruntime==1.23.2', 'numpy==1.26.4', '--no-deps']
const PLACES = `
import json, sys, sysconfig, numpy, onnxruntime
print(json.dumps({
    'site': sysconfig.get_path('purelib'), 'lib': sysconfig.get_config_var('LIBDIR'),
    'version': f'{sys.version_info.major}.{sys.version_info.minor}',
}))
`
const PATIENCE_MS = 60_000

interface Places {
  site: string
  lib: string
  version: string
}

/**
 * Triton itself on this machine's loopback, gone at the end, with a stand-in for its ONNX Runtime backend
 * (`onnxruntime_backend.py`); or why there is none here.
 *
 * @returns where a model's requests begin
 * @throws Error with what the server says where it does not take the repository
 */
export async function startTriton(repository: string, onEnd: OnEnd): Promise<{ url: string } | { reason: string }> {
  if (!process.env.GYRUS_TRITON)
    return { reason: 'not run: 285 MB of packages are fetched for it where GYRUS_TRITON is set' }
  const found = await pythonWith('triton-server-test', PACKAGES, PLACES)
  if ('reason' in found) return found
  const places = JSON.parse((await run(found.path, ['-c', PLACES])).stdout) as Places
  const server = join(places.site, 'pytriton', 'tritonserver')
  const stub = join(server, 'python_backend_stubs', places.version, 'triton_python_backend_stub')
  if (!existsSync(stub)) return { reason: `not run: Triton brings nothing for Python ${places.version}` }
  const port = await freePort()
  const program = join(server, 'bin', 'tritonserver')
  chmodSync(program, 0o755)
  const backends = backendsIn(temporaryFolder(onEnd), server, stub, places.site)
  const child = spawn(
    program,
    [
      ...[`--model-repository=${repository}`, `--backend-directory=${backends}`],
      ...['--http-address=127.0.0.1', `--http-port=${port}`, '--allow-grpc=false', '--allow-metrics=false'],
    ],
    {
      env: {
        ...process.env,
        LD_LIBRARY_PATH: `${join(places.site, 'nvidia_pytriton.libs')}:${places.lib}`,
        ORT_DISABLE_TELEMETRY: '1',
      },
    },
  )
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text))
  const ended = once(child, 'exit')
  onEnd(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const root = `http://127.0.0.1:${port}/v2`
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await setTimeout(200)) {
    if (child.exitCode !== null) break
    const ready = await fetch(`${root}/health/ready`).catch(() => null)
    if (ready?.ok) return { url: `${root}/models` }
  }
  throw new Error(`Triton is not ready:\n${log}`)
}

/** The backend for Python, and the stand-in, which it runs; it hands no paths for modules on. */
function backendsIn(folder: string, server: string, stub: string, site: string): string {
  cpSync(join(server, 'backends', 'python'), join(folder, 'python'), { recursive: true })
  const program = join(folder, 'python', 'triton_python_backend_stub')
  cpSync(stub, program)
  chmodSync(program, 0o755)
  const text = readFileSync(join(import.meta.dirname, 'onnxruntime_backend.py'), 'utf8')
  mkdirSync(join(folder, 'onnxruntime'))
  const path = `import sys\nsys.path.insert(0, ${JSON.stringify(site)})\n`
  writeFileSync(join(folder, 'onnxruntime', 'model.py'), `${path}${text}`)
  return folder
}
