import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Answer, Question } from './peek-worker.ts'

const flag = new Int32Array(new SharedArrayBuffer(4))
const { port1: port, port2 } = new MessageChannel()
const worker = new Worker(new URL('./peek-worker.ts', import.meta.url), {
  workerData: { port: port2, flag },
  transferList: [port2],
})
worker.unref()

/** Asks a database and waits for the answer, as SQLite's driver does it. @throws what the server says */
export function ask(question: Question): object[] {
  Atomics.store(flag, 0, 0)
  port.postMessage(question)
  Atomics.wait(flag, 0, 0)
  const answer = receiveMessageOnPort(port)?.message as Answer
  if ('rows' in answer) return answer.rows
  throw Object.assign(new Error(answer.message), { code: answer.code })
}
