import { describe, expect, it } from 'vitest'
import { MAX_STUDIES, studyQuerySchema } from '../../src/shared/pacs.ts'
import { data, pdu, storeCommand } from '../support/dicom-client.ts'
import { type Caller, counts, dataSet, hostilePacs, response } from '../support/hostile-pacs.ts'
import { clientOf, patience, retrieved } from '../support/pacs.ts'

const QUERY = studyQuerySchema.parse({ patientId: '1' })
const FIND = 0x8020
const GET = 0x8010
const PENDING = 0xff00
const SHORT = { waitSeconds: 0.5 }
const WHAT = { studyUid: '1.2.3', seriesUid: null }

const find = async (serve: (caller: Caller) => Promise<void>, more = {}) =>
  clientOf(await hostilePacs(serve), more).studies(QUERY, patience())

const asked = async (caller: Caller) => {
  await caller.accept()
  await caller.asked()
}

const study = (uid: string) => dataSet([0x0020, 0x000d, 'UI', uid])

describe('a search says what is wrong, and ends', () => {
  it.each<[string, string, (caller: Caller) => Promise<void>]>([
    ['nothing is said', 'pacs-timeout', (caller) => asked(caller)],
    ['the connection ends', 'pacs-ended', async ({ socket }) => void socket.destroy()],
    [
      'something else than DICOM',
      'pacs-malformed',
      async ({ socket }) => void socket.write('HTTP/1.1 400 Bad\r\n\r\n'),
    ],
    [
      'an acceptance of 4 GB',
      'pacs-malformed',
      async ({ socket }) => void socket.write(pdu(2, Buffer.alloc(0), 0xffffffff)),
    ],
    [
      'the calling AE title is not known',
      'pacs-rejected-calling',
      async ({ socket }) => void socket.write(pdu(3, Buffer.from([0, 1, 1, 3]))),
    ],
    ['it is full', 'pacs-rejected', async ({ socket }) => void socket.write(pdu(3, Buffer.from([0, 2, 3, 2])))],
    ['PDUs of one byte are taken only', 'pacs-malformed', async (caller) => caller.accept(1)],
    [
      'it has no resources',
      'pacs-out-of-resources',
      async (caller) => {
        await asked(caller)
        caller.socket.write(response(FIND, 0xa700, false))
      },
    ],
    [
      'a status of failure',
      'pacs-status',
      async (caller) => {
        await asked(caller)
        caller.socket.write(response(FIND, 0xc001, false))
      },
    ],
    [
      'an answer to something else',
      'pacs-malformed',
      async (caller) => {
        await asked(caller)
        caller.socket.write(response(GET, 0, false))
      },
    ],
    [
      'a fragment longer than its PDU',
      'pacs-malformed',
      async (caller) => {
        await asked(caller)
        caller.socket.write(pdu(4, Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 3])))
      },
    ],
    [
      'an element longer than its data set',
      'pacs-malformed',
      async (caller) => {
        await asked(caller)
        const lying = study('1.2.3')
        lying.writeUInt16LE(0xfff0, 6)
        caller.socket.write(Buffer.concat([response(FIND, PENDING, true), data(1, 2, lying)]))
      },
    ],
    [
      'a data set without an end',
      'pacs-malformed',
      async (caller) => {
        await asked(caller)
        caller.socket.write(response(FIND, PENDING, true))
        for (let n = 0; n < 10; n += 1) caller.socket.write(data(1, 0, Buffer.alloc(60_000)))
      },
    ],
    [
      'answers without an end that name no study',
      'pacs-too-much',
      async (caller) => {
        await asked(caller)
        const one = Buffer.concat([response(FIND, PENDING, true), data(1, 2, dataSet([0x0010, 0x0020, 'LO', '1']))])
        for (let n = 0; n < 4 * MAX_STUDIES + 10; n += 1) caller.socket.write(one)
      },
    ],
  ])('where %s', async (_, code, serve) => {
    await expect(find(serve, code === 'pacs-timeout' ? SHORT : {})).rejects.toMatchObject({ code })
  })

  it('where nothing listens, or the host has no address', async () => {
    await expect(clientOf(1).test(patience())).rejects.toMatchObject({ code: 'pacs-unreachable' })
    const nowhere = clientOf(104, { host: 'no-such-host.invalid' })
    await expect(nowhere.test(patience())).rejects.toMatchObject({ code: 'pacs-host-unknown' })
  })

  it('as soon as it is cancelled', async () => {
    const ending = new AbortController()
    const port = await hostilePacs(async (caller) => {
      await asked(caller)
      ending.abort()
    })
    await expect(clientOf(port).studies(QUERY, ending.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

it('lists as many studies as it shows, tells the PACS to stop, and says that there are more', async () => {
  let cancelled = false
  const found = await find(async (caller) => {
    await asked(caller)
    for (let n = 0; n <= MAX_STUDIES; n += 1) {
      caller.socket.write(Buffer.concat([response(FIND, PENDING, true), data(1, 2, study(`1.2.${n}`))]))
    }
    cancelled = (await caller.next())?.type === 4
  })
  expect(found.more).toBe(true)
  expect(found.studies).toHaveLength(MAX_STUDIES)
  expect(cancelled).toBe(true)
})

it('passes over what the PACS says twice, what is no UID, and text with controls in it', async () => {
  const { studies } = await find(async (caller) => {
    await asked(caller)
    const name = dataSet([0x0010, 0x0010, 'PN', 'Do\u001be^<b>Jane'], [0x0020, 0x000d, 'UI', '1.2.3'])
    for (const one of [name, name, study('../etc')]) {
      caller.socket.write(Buffer.concat([response(FIND, PENDING, true), data(1, 2, one)]))
    }
    caller.socket.write(response(FIND, 0, false))
    await caller.next()
  })
  expect(studies).toMatchObject([{ studyUid: '1.2.3' }])
  expect(studies[0]?.patientName).not.toMatch(/\p{Cc}/u)
})

/** Context of MR images, plain: the first one behind that of C-GET. */
const IMAGES = 3
const image = (studyUid: string) =>
  dataSet([0x0008, 0x0018, 'UI', '1.2.3.4'], [0x0020, 0x000d, 'UI', studyUid], [0x0020, 0x000e, 'UI', '1.2.3.1'])

describe('a C-GET', () => {
  const statusOf = (body: Buffer) => body.readUInt16LE(body.indexOf(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0])) + 8)

  it('keeps nothing of another study than was asked for', async () => {
    const statuses: number[] = []
    const port = await hostilePacs(async (caller) => {
      await asked(caller)
      for (const uid of ['1.2.3', '6.6.6']) {
        caller.socket.write(Buffer.concat([data(IMAGES, 3, storeCommand('1.2.3.4')), data(IMAGES, 2, image(uid))]))
        statuses.push(statusOf((await caller.next())?.body ?? Buffer.alloc(0)))
      }
      caller.socket.write(response(GET, 0xb000, false, counts(0, 1, 1)))
      await caller.next()
    })
    const { uids, progress } = await retrieved(clientOf(port), WHAT)
    expect(uids).toEqual(['1.2.3.4'])
    expect(progress).toEqual({ done: 1, failed: 1, passed: 0, total: 2 })
    expect(statuses).toEqual([0, 0xa900])
  })

  it.each<[string, string, (caller: Caller) => void]>([
    ['a request of another kind', 'pacs-malformed', ({ socket }) => socket.write(request(0x0020))],
    [
      'an object in a context that was not agreed',
      'pacs-malformed',
      ({ socket }) => socket.write(data(254, 3, storeCommand('1.2'))),
    ],
    ['nothing', 'pacs-nothing-there', ({ socket }) => socket.write(response(GET, 0, false, counts(0, 0, 0)))],
    ['no resources', 'pacs-out-of-resources', ({ socket }) => socket.write(response(GET, 0xa702, false))],
  ])('ends where the PACS has %s', async (_, code, say) => {
    const port = await hostilePacs(async (caller) => {
      await asked(caller)
      say(caller)
      await caller.next()
    })
    await expect(retrieved(clientOf(port), WHAT)).rejects.toMatchObject({ code })
  })

  it('ends where an object stops halfway', async () => {
    const port = await hostilePacs(async (caller) => {
      await asked(caller)
      caller.socket.write(Buffer.concat([data(IMAGES, 3, storeCommand('1.2.3.4')), data(IMAGES, 0, image('1.2.3'))]))
    })
    await expect(retrieved(clientOf(port, SHORT), WHAT)).rejects.toMatchObject({ code: 'pacs-timeout' })
  })

  const request = (field: number) => {
    const bytes = storeCommand('1.2')
    bytes.writeUInt16LE(field, bytes.indexOf(Buffer.from([0, 0, 0, 1, 2, 0, 0, 0])) + 8)
    return data(IMAGES, 3, bytes)
  }
})
