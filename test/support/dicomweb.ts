import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { WebSettings } from '../../src/shared/pacs.ts'

/** A server on the loopback that answers as it is told to; gone at the end. */
export async function serverThat(answers: RequestListener) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answers(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`, asked }
}

export const webSettings = (url: string, more: Partial<WebSettings> = {}): WebSettings => ({
  ...{ kind: 'dicomweb', name: 'Orthanc', on: true, waitSeconds: 30, url, auth: 'none' as const, user: '', ca: '' },
  ...more,
})
