import { describe, expect, it, test } from 'vitest'
import { isS3, parseFilesPlace } from '../../src/shared/files-place.ts'

/** With it a text would look like somebody's address. */
const AT = '@'
const S3 = { kind: 's3', bucket: 'files', prefix: '', region: 'us-east-1', copyBytes: 20e9 }

describe('where files are shared', () => {
  it('is a folder by its path', () => {
    expect(parseFilesPlace(' /mnt/gyrus ')).toEqual({ kind: 'folder', path: '/mnt/gyrus' })
    expect(parseFilesPlace('C:\\gyrus')).toEqual({ kind: 'folder', path: 'C:\\gyrus' })
    expect(isS3('/mnt/s3://x')).toBe(false)
  })

  it('is a bucket of a store, with a prefix, a region and how much is kept here', () => {
    expect(parseFilesPlace('s3://files?endpoint=https://s3.test')).toEqual({ ...S3, endpoint: 'https://s3.test' })
    expect(parseFilesPlace('s3://files/a/b.c/?endpoint=https://s3.test:9000&region=eu-central-1&copies=0.5')).toEqual({
      ...S3,
      prefix: 'a/b.c/',
      endpoint: 'https://s3.test:9000',
      region: 'eu-central-1',
      copyBytes: 5e8,
    })
  })

  it('may be asked without TLS on this machine, and elsewhere where that is written', () => {
    for (const host of ['127.0.0.1:9000', 'localhost', '[::1]:9000'])
      expect(parseFilesPlace(`s3://files?endpoint=http://${host}`)).toMatchObject({ endpoint: `http://${host}` })
    const far = 's3://files?endpoint=http://s3.test'
    expect(() => parseFilesPlace(far)).toThrow(expect.objectContaining({ code: 'files-address' }))
    expect(parseFilesPlace(`${far}&insecure=yes`)).toMatchObject({ endpoint: 'http://s3.test' })
  })

  test.for([
    ['s3://', 'bucket'],
    ['s3://[files', 'no address'],
    ['s3://files', 'endpoint=https://…'],
    ['s3://files?endpoint=s3.test', 'endpoint=https://…'],
    ['s3://files?endpoint=ftp://s3.test', 'endpoint=https://…'],
    ['s3://files?endpoint=https://s3.test/path', 'endpoint: host and port alone'],
    [`s3://files?endpoint=https://key:secret${AT}s3.test`, 'endpoint: host and port alone'],
    ['s3://key:secret@files?endpoint=https://s3.test', 'key and secret stand beside the address, not in it'],
    ['s3://Fi_les?endpoint=https://s3.test', 'bucket'],
    ['s3://files:9000?endpoint=https://s3.test', 'bucket'],
    ['s3://files/a%20b?endpoint=https://s3.test', 'prefix'],
    ['s3://files?endpoint=https://s3.test&region=EU West', 'region'],
    ['s3://files?endpoint=https://s3.test&copies=0', 'copies'],
    ['s3://files?endpoint=https://s3.test&copies=much', 'copies'],
    ['s3://files?endpoint=https://s3.test&acl=public', 'acl'],
  ] as const)('is refused as %s', ([files, reason]) => {
    expect(() => parseFilesPlace(files)).toThrow(
      expect.objectContaining({ code: 'files-address', details: { reason } }),
    )
  })
})
