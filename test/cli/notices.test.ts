import { expect, it } from 'vitest'
import { nextCommand } from '../../src/main/cli/next-command.ts'
import { formatNotice } from '../../src/main/cli/notice-format.ts'

const device = { kind: 'device', engine: 'tensorflow 2.21.0, tfjs-node 4.22.0', device: 'cpu' } as const

it('a GPU engine that trains on the CPU is told with what names the missing library', () => {
  const plain = 'Trains on the CPU (tensorflow 2.21.0, tfjs-node 4.22.0).'
  expect(formatNotice({ ...device, gpuUnused: false })).toBe(plain)
  const unused = formatNotice({ ...device, gpuUnused: true })
  expect(unused.startsWith(`${plain} tfjs-node-gpu is installed`)).toBe(true)
  expect(unused).toContain('gyrus engine status --verify')
  expect(formatNotice({ ...device, device: 'gpu', gpuUnused: false })).toContain('on the GPU')
})

it('of many names the first are told, and how many more there are', () => {
  const files = Array.from({ length: 8 }, (_, i) => `${i}.png`)
  expect(formatNotice({ kind: 'unreadable', files })).toBe(
    '8 images could not be read and are left out: 0.png, 1.png, 2.png, 3.png, 4.png and 3 more.',
  )
  expect(formatNotice({ kind: 'unreadable', files: ['a'] })).toContain('1 image could not be read and is left out: a.')
  expect(formatNotice({ kind: 'no-brain', files: ['a', 'b'] })).toBe(
    'In 2 images no brain was found; they are used whole: a, b.',
  )
})

it('the next command can be copied into a terminal, and asks for an id where the run’s name is none', () => {
  expect(nextCommand('head-1')).toBe('Make a model of it with: gyrus models add-run head-1')
  expect(nextCommand('My run', "/tmp/it's here")).toBe(
    "Make a model of it with: gyrus models add-run 'My run' --id <id> --data-dir '/tmp/it'\\''s here'",
  )
})
