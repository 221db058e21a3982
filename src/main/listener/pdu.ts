/** PDUs of PS3.8, section 9.3. */
export const PDU = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseResponse: 0x06,
  abort: 0x07,
} as const

/** Type, a reserved byte, length of what follows. */
export const PDU_HEADER = 6

export function pdu(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(PDU_HEADER)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(body.length, 2)
  return Buffer.concat([header, body])
}

/** PS3.8 9.3.4: who may try again later, and why not now. */
export const REJECTED = {
  applicationContext: [1, 1, 2],
  callingAe: [1, 1, 3],
  calledAe: [1, 1, 7],
  protocolVersion: [1, 2, 2],
  tooMany: [2, 3, 2],
} as const

export const reject = ([result, source, reason]: readonly [number, number, number]): Buffer =>
  pdu(PDU.associateReject, Buffer.from([0, result, source, reason]))

/** By the provider of the service. PS3.8 9.3.8. */
export const ABORTED = { unspecified: 0, unrecognised: 1, unexpected: 2, invalidParameter: 6 } as const

export const abort = (reason: number): Buffer => pdu(PDU.abort, Buffer.from([0, 0, 2, reason]))

export const releaseRequest = (): Buffer => pdu(PDU.releaseRequest, Buffer.alloc(4))
export const releaseResponse = (): Buffer => pdu(PDU.releaseResponse, Buffer.alloc(4))

/** A command, which is short, as one PDU. */
export function commandPdu(context: number, command: Buffer): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt32BE(command.length + 2, 0)
  header.writeUInt8(context, 4)
  // Command, and its last fragment (PS3.8 E.2).
  header.writeUInt8(0b11, 5)
  return pdu(PDU.data, Buffer.concat([header, command]))
}
