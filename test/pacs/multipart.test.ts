import { describe, expect, it } from 'vitest'
import { boundaryOf, type MultipartLimits, readMultipart } from '../../src/main/pacs/dicomweb/multipart.ts'

const LIMITS: MultipartLimits = { maxParts: 10, maxPartBytes: 1_000_000, maxBytes: 10_000_000 }

/** What comes in pieces of so many bytes; `ended`: whether whoever reads it let go of it. */
function bodyOf(text: string | Buffer, piece: number) {
  const bytes = Buffer.from(text)
  const state = { ended: false, given: 0 }
  const body = (async function* () {
    try {
      for (let at = 0; at < bytes.length; at += piece) {
        state.given += 1
        yield bytes.subarray(at, at + piece)
      }
    } finally {
      state.ended = true
    }
  })()
  return { body, state }
}

async function read(text: string | Buffer, piece = 7, limits: Partial<MultipartLimits> = {}, boundary = 'b') {
  const parts: { type: string | undefined; content: string }[] = []
  for await (const { headers, content } of readMultipart(bodyOf(text, piece).body, boundary, {
    ...LIMITS,
    ...limits,
  })) {
    const bytes = Buffer.concat(await Array.fromAsync(content))
    parts.push({ type: headers.get('content-type'), content: bytes.toString('latin1') })
  }
  return parts
}

const problemOf = (reading: Promise<unknown>) =>
  reading.then(
    () => null,
    (error: Error) => error.message,
  )

describe('an answer in parts', () => {
  const text =
    'what was before\r\n--b\r\nContent-Type: application/dicom\r\nX: 1\r\n\r\none\r\n--b \t\r\ncontent-type:x\r\n\r\n\r\nt\r\n-w\r\n--bo\r\n--\r\n--b--\r\nafter'

  it.each([1, 2, 3, 5, 8, 13, 1_000])('is read however it comes: %i bytes at a time', async (piece) => {
    expect(await read(text, piece)).toEqual([
      { type: 'application/dicom', content: 'one' },
      { type: 'x', content: '\r\nt\r\n-w\r\n--bo\r\n--' },
    ])
  })

  it.each([1, 4, 1_000])('may have parts without headers or content, %i bytes at a time', async (piece) => {
    expect(await read('--b\r\n\r\nx\r\n--b\r\na: 1\r\n\r\n--b\r\na: 1\r\n\r\n\r\n--b--', piece)).toEqual(
      ['x', '', ''].map((content) => ({ type: undefined, content })),
    )
    expect(await read('--b--', piece)).toEqual([])
  })

  it('holds bytes as they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256))
    const whole = Buffer.concat([Buffer.from('--b\r\n\r\n'), bytes, Buffer.from('\r\n--b--\r\n')])
    expect((await read(whole, 999))[0]?.content).toBe(bytes.toString('latin1'))
  })

  it.each([
    ['cut off', '--b\r\n\r\nabc', 'it ends before its last boundary'],
    ['cut off in headers', '--b\r\nA: b', 'it ends before its last boundary'],
    ['cut off within a boundary', '--b\r\n\r\nabc\r\n--b', 'it ends before its last boundary'],
    ['empty', '', 'it ends before its last boundary'],
    ['of another boundary', '--c\r\n\r\nabc\r\n--c--', 'it ends before its last boundary'],
    ['without its boundary', 'x'.repeat(70_000), 'its boundary does not come'],
    ['of endless headers', `--b\r\n${'A: b\r\n'.repeat(10_000)}`, 'the headers of a part have no end'],
    ['of headers that are none', '--b\r\nabc\r\n\r\nx\r\n--b--', 'a header of a part is none'],
    ['of too many parts', `${'--b\r\n\r\nx\r\n'.repeat(11)}--b--`, 'it has more than 10 parts'],
    ['of a part too large', `--b\r\n\r\n${'x'.repeat(1_000_001)}\r\n--b--`, 'a part is larger than the limit'],
  ])('%s is refused', async (_, hostile, problem) => {
    expect(await problemOf(read(hostile, 1_024))).toBe(problem)
  })

  it('is let go of where it never ends, or nobody wants more of it', async () => {
    const endless = `--b\r\n\r\n${'x'.repeat(5_000_000)}`
    expect(await problemOf(read(endless, 1_024, { maxBytes: 10_000 }))).toBe('it is larger than the limit')
    const { body, state } = bodyOf(`${'--b\r\n\r\nx\r\n'.repeat(9)}--b--`, 4)
    for await (const { content } of readMultipart(body, 'b', LIMITS)) {
      await Array.fromAsync(content)
      break
    }
    expect(state).toMatchObject({ ended: true })
    expect(state.given).toBeLessThan(10)
  })
})

it.each([
  ['multipart/related; type="application/dicom"; boundary=abc', 'abc'],
  ['Multipart/Related;boundary="a b:c";type=x', 'a b:c'],
  ['multipart/related; boundary=abc; start=1', 'abc'],
  ['multipart/related', null],
  ['multipart/related; boundary=', null],
  ['multipart/related; boundary="a\r\nb"', null],
  [`multipart/related; boundary=${'a'.repeat(71)}`, null],
  ['multipart/form-data; boundary=abc', null],
  ['application/dicom', null],
])('the boundary of %j is %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary)
})
