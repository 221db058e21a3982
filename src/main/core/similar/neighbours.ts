import { GyrusError } from '../../../shared/errors.ts'
import { type Gate, isJudged, type KeptGate, reasonsIn } from '../../../shared/input-gate.ts'
import type { Label } from '../../../shared/labels.ts'
import {
  DISAGREEING,
  NEIGHBOURS,
  type Nearness,
  type Neighbour,
  type SimilarCases,
  stanceOf,
} from '../../../shared/similar.ts'
import { labelAt, type SimilarFile } from '../../../shared/similar-file.ts'
import type { ReadStore, SignedNow } from '../../store/types.ts'
import { nearest } from './nearest.ts'
import type { SignedIndex } from './signed-index.ts'
import type { TrainedIndex } from './trained-index.ts'

/** What is compared. */
export interface Asked {
  label: Label
  query: Float32Array
  sha256: string | null
  patient: string | null
  /** Cases that are the same. */
  own: string[]
}

/** What it is compared with. */
export interface Among {
  trained: TrainedIndex
  /** Null where there is no record. */
  signed: { index: SignedIndex; store: ReadStore; isHidden(caseId: string): Promise<boolean> } | null
}

export interface Found extends Omit<SimilarCases, 'neighbours' | 'modelId' | 'milliseconds'> {
  neighbours: FoundNeighbour[]
}

export interface FoundNeighbour extends Omit<Neighbour, 'picture' | 'noPicture'> {
  /** Which training image. */
  at: number | null
}

/** Looked at first; where too few are of different patients, four times as many, and so on. */
const FIRST = 40
/** Features of the same pixels differ by the rounding of the numbers, half of which have eleven digits in binary. */
const SAME = 2 ** -10

/**
 * The nearest images, each of another patient as far as that is known, without the image itself and its copies: files of
 * the same bytes, and what the network cannot tell from it. Errors of the record.
 */
export async function neighboursOf(asked: Asked, { trained, signed }: Among): Promise<Found> {
  const ownTraining = asked.sha256 === null ? undefined : trained.byHash.get(asked.sha256)
  const ownGroup = ownTraining === undefined ? null : (trained.file.groups[ownTraining] as number)
  const ofTraining = nearTraining(asked, trained, ownGroup)
  const ofSigned = signed ? await nearSigned(asked, signed) : { copies: 0, neighbours: [] }
  const nearness = nearnessBy(trained.file)
  const neighbours = [...ofTraining.neighbours, ...ofSigned.neighbours]
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS)
    .map((one) => ({ ...one, nearness: nearness(one.distance) }))
  const disagreeing = neighbours.filter(({ stance }) => stance === 'disagrees').length
  const unknownKind = neighbours.filter(({ stance }) => stance === 'unknown').length
  return {
    ...{ label: asked.label, neighbours, disagreeing, unknownKind, warning: disagreeing >= DISAGREEING },
    copies: ofTraining.copies + ofSigned.copies,
    compared: { training: trained.file.header.images, signed: signed?.index.size ?? 0 },
    usual: usualOf(trained.file),
  }
}

/** @throws GyrusError `similar-not-judged` where the input gate refused the image */
export function refuseUnjudged(gate: Gate): void {
  if (!isJudged(gate)) throw notJudged(gate)
}

export const notJudged = (gate: KeptGate) =>
  new GyrusError('similar-not-judged', { reasons: reasonsIn(gate).join('; ') })

interface Part {
  copies: number
  neighbours: FoundNeighbour[]
}

function nearTraining(asked: Asked, { file, vectors, byHash }: TrainedIndex, ownGroup: number | null): Part {
  const itself = asked.sha256 === null ? undefined : byHash.get(asked.sha256)
  const same = sameSquare(asked.query)
  for (let most = FIRST; ; most *= 4) {
    const near = nearest(vectors, file.header.images, asked.query, most)
    const others = near.filter(({ at, square }) => at !== itself && square > same)
    const firsts = firstOfEach(others, ({ at }) => file.groups[at])
    if (firsts.length < NEIGHBOURS && near.length === most) continue
    const neighbours = firsts.slice(0, NEIGHBOURS).map(({ at, square }): FoundNeighbour => {
      const label = labelAt(file, at)
      const { name, licence } = file.header.sources[file.sources[at] as number] as { name: string; licence: string }
      return {
        ...{
          kind: 'training',
          label,
          stance: stanceOf(asked.label, label),
          distance: Math.sqrt(square),
          nearness: null,
        },
        samePatient: ownGroup === null ? null : file.groups[at] === ownGroup,
        ...{ source: name, licence, caseId: null, signedAt: null, at },
      }
    })
    return { copies: near.length - others.length, neighbours }
  }
}

async function nearSigned(asked: Asked, { index, store, isHidden }: NonNullable<Among['signed']>): Promise<Part> {
  const same = sameSquare(asked.query)
  const own = new Set(asked.own)
  for (let most = FIRST; ; most *= 4) {
    const near = index.nearest(asked.query, most)
    const others = near.filter(({ caseId }) => !own.has(caseId))
    const apart = others.filter(({ sha256, square }) => sha256 !== asked.sha256 && square > same)
    const now = new Map((await store.signedNow(apart.map(({ caseId }) => caseId))).map((one) => [one.caseId, one]))
    const standing: (SignedNow & { label: Label; square: number })[] = []
    for (const { caseId, square } of apart) {
      const one = now.get(caseId)
      if (one?.label && !(await isHidden(caseId))) standing.push({ ...one, label: one.label, square })
    }
    const firsts = firstOfEach(standing, ({ patient, caseId }) => patient ?? caseId)
    if (firsts.length < NEIGHBOURS && near.length === most) continue
    return {
      copies: others.length - apart.length,
      neighbours: firsts.slice(0, NEIGHBOURS).map((one) => toNeighbour(asked, one)),
    }
  }
}

const toNeighbour = (asked: Asked, one: SignedNow & { label: Label; square: number }): FoundNeighbour => ({
  ...{ kind: 'signed', label: one.label, stance: stanceOf(asked.label, one.label), distance: Math.sqrt(one.square) },
  nearness: null,
  samePatient: asked.patient === null || one.patient === null ? null : asked.patient === one.patient,
  ...{ source: '', licence: '', caseId: one.caseId, signedAt: one.signedAt, at: null },
})

function firstOfEach<T, K>(all: T[], keyOf: (one: T) => K): T[] {
  const seen = new Set<K>()
  return all.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)))
}

const sameSquare = (query: Float32Array) => SAME ** 2 * query.reduce((sum, value) => sum + value * value, 0)

const usualOf = ({ header: { nearest } }: SimilarFile): Found['usual'] =>
  nearest ? { half: nearest.p50, most: nearest.p95 } : null

/** In words, by how near unseen images have their nearest one. */
const nearnessBy =
  ({ header: { nearest } }: SimilarFile) =>
  (distance: number): Nearness | null => {
    if (!nearest) return null
    if (distance <= nearest.p50) return 'near'
    return distance <= nearest.p95 ? 'usual' : 'far'
  }
