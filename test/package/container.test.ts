import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const docker = (...args: string[]) => spawnSync('docker', args, { cwd: ROOT, encoding: 'utf8', timeout: 900_000 })

test('the image is of the Node that the scripts run on, and works as no root', () => {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  for (const [line] of text.matchAll(/^FROM .*$/gm)) expect(line).toContain(`node:${devDependencies.node}-`)
  expect(text).toMatch(/^USER node$/m)
})

test('the container reads a scan', { timeout: 1_200_000 }, (context) => {
  const { status, stderr, error } = docker('info', '--format', '{{.ServerVersion}}')
  if (status !== 0)
    context.skip(`not run: docker does not run here: ${(error?.message ?? stderr).trim().split('\n')[0]}`)
  const built = docker('build', '--quiet', '--tag', 'gyrus-test', '.')
  // The image that it stands on comes from a registry of images.
  if (/failed to resolve|pull access|dial tcp|lookup /.test(built.stderr))
    context.skip('not run: the base image cannot be had')
  expect(built.stderr).toBe('')
  const read = docker(
    'run',
    '--rm',
    '--entrypoint',
    'gyrus',
    'gyrus-test',
    'classify',
    '/gyrus/resources/samples/sample-01.jpg',
    '--json',
  )
  expect(JSON.parse(read.stdout)).toMatchObject({ status: 'analysed', label: 'meningioma' })
})
