import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fileKey, isSealed, seal, sealed, sealedSize, unseal } from '../../src/main/sealed/format.ts'

const KEY = fileKey(new Uint8Array(32).fill(3), 'a')
const PIECE = 2 ** 20

describe('a sealed file', () => {
  it.for([0, 1, 1_000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])('gives back %i bytes', (size) => {
    const content = randomBytes(size)
    const file = seal(KEY, content)
    expect([isSealed(file), file.length]).toEqual([true, sealedSize(size)])
    expect(unseal(KEY, file)?.equals(content)).toBe(true)
  })

  it('is the same where the content comes bit by bit', async () => {
    const content = randomBytes(2 * PIECE + 12_345)
    async function* bits() {
      for (let at = 0; at < content.length; at += 65_521) yield content.subarray(at, at + 65_521)
    }
    const file = Buffer.concat(await Array.fromAsync(sealed(KEY, bits())))
    expect(file.length).toBe(sealedSize(content.length))
    expect(unseal(KEY, file)?.equals(content)).toBe(true)
    expect(unseal(KEY, Buffer.concat(await Array.fromAsync(sealed(KEY, nothing()))))?.length).toBe(0)
  })

  it('shows nothing of its content, and not that two are the same', () => {
    const content = Buffer.alloc(4_096, 'MUELLER^ERIKA')
    const [first, second] = [seal(KEY, content), seal(KEY, content)]
    expect(first.includes('MUELLER')).toBe(false)
    expect(first.subarray(24).equals(second.subarray(24))).toBe(false)
    // Ciphertext has 8 bits of entropy a byte; a picture that only moved its bits about would not.
    expect(new Set(first.subarray(24)).size).toBe(256)
  })

  const content = randomBytes(2 * PIECE + 100)
  const file = seal(KEY, content)
  const whole = PIECE + 16
  const flipped = (at: number) => {
    const copy = Buffer.from(file)
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    return copy
  }
  it.for<[string, Buffer]>([
    ['a bit of the content', flipped(5_000)],
    ['a bit of a tag', flipped(file.length - 1)],
    ['a bit of the salt', flipped(10)],
    ['the last piece cut off', file.subarray(0, 24 + 2 * whole)],
    ['half a piece cut off', file.subarray(0, 24 + whole + 500)],
    ['two pieces that changed places', swapped(file, whole)],
    ['a piece that is there twice', Buffer.concat([file.subarray(0, 24 + whole), file.subarray(24)])],
    ['nothing but the header', file.subarray(0, 24)],
    ['what was never sealed', content],
  ])('is not opened with %s', ([, broken]) => {
    expect(unseal(KEY, broken)).toBeNull()
  })

  it('is opened by no other key, also not that of another file', () => {
    expect(unseal(fileKey(new Uint8Array(32).fill(3), 'b'), file)).toBeNull()
    expect(unseal(fileKey(new Uint8Array(32).fill(4), 'a'), file)).toBeNull()
  })

  it('opens as it did in the first version that sealed', () => {
    const known = Buffer.from(KNOWN, 'base64')
    expect(
      createHash('sha256')
        .update(unseal(KEY, known) ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update('a scan of long ago').digest('hex'))
  })
})

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield* []
}

function swapped(file: Buffer, whole: number): Buffer {
  const [first, second] = [file.subarray(24, 24 + whole), file.subarray(24 + whole, 24 + 2 * whole)]
  return Buffer.concat([file.subarray(0, 24), second, first, file.subarray(24 + 2 * whole)])
}

/** Written once; a change of the format that cannot read it any more breaks every encrypted record. */
const KNOWN = 'R1lSVVNFTjEe/9nbSPKAQFYeeBoBsOASCt/0oiQP4NbbpNYJmfkvlJ/uxJMYzVSJ1ec4D92odOmIoQ=='
