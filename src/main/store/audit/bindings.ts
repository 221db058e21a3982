import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson, type Json } from '../../../shared/canonical-json.ts'

interface BoundTable {
  table: string
  /** Columns that name a row; their values are joined by `@`. */
  key: string[]
  /** Columns that never change once the entry is written. */
  columns: string[]
  /** Only rows of which this is true are bound. */
  where?: string
}

const RESULTS = ['id', 'case_id', 'supersedes', 'model_id', 'weights_sha256', 'preprocessing_version', 'engine']
const CONFIDENCES = ['p_glioma', 'p_meningioma', 'p_notumor', 'p_pituitary']
const EXPERIMENTS = ['id', 'case_id', 'model_id', 'weights_sha256', 'preprocessing_version', 'engine', 'steps', 'label']
const NUMBERS = [...CONFIDENCES, 'decode_ms', 'preprocess_ms', 'inference_ms']
const GATE = ['gate', 'gate_reasons', 'answer_set']
const VERDICTS = ['id', 'case_id', 'result_id', 'supersedes', 'reader', 'verdict', 'label', 'comment', 'created_at']
const CASES = ['id', 'scan_sha256', 'received_at', 'received_by', 'source', 'file_name']
const SIGNATURES = ['id', 'case_id', 'verdict_id', 'supersedes', 'kind', 'signer', 'reason', 'at']
const PATIENT = ['patient_name', 'patient_id', 'study_date', 'description']
const ACTIVATIONS = ['id', 'kind', 'model_id', 'weights_sha256', 'manifest_sha256', 'card_sha256', 'activated_by']
const DATASETS = ['name', 'version', 'sha256', 'content_sha256', 'manifest_sha256', 'imported_at', 'imported_by']

/** What entries bind. A kind is a table, or some of a table's columns that are written at another time. */
export const BOUND = {
  scans: { table: 'scans', key: ['sha256'], columns: ['sha256', 'bytes', 'stored_at'] },
  scan_images: {
    table: 'scans',
    key: ['sha256'],
    columns: ['sha256', 'format', 'width', 'height'],
    where: '(format is not null or width is not null or height is not null)',
  },
  cases: { table: 'cases', key: ['id'], columns: [...CASES, ...PATIENT] },
  results: { table: 'results', key: ['id'], columns: [...RESULTS, 'label', ...NUMBERS, 'created_at', ...GATE] },
  verdicts: { table: 'verdicts', key: ['id'], columns: VERDICTS },
  signatures: { table: 'signatures', key: ['id'], columns: SIGNATURES },
  impressions: {
    table: 'impressions',
    key: ['id'],
    columns: ['id', 'case_id', 'result_id', 'reader', 'impression', 'at'],
  },
  second_marks: { table: 'second_marks', key: ['id'], columns: ['id', 'case_id', 'marked_by', 'why', 'at'] },
  second_readings: {
    table: 'second_readings',
    key: ['id'],
    columns: ['id', 'case_id', 'result_id', 'beside', 'reader', 'verdict', 'label', 'comment', 'at'],
  },
  adjudications: { table: 'adjudications', key: ['id'], columns: ['id', 'case_id', 'verdict_id', 'reader', 'at'] },
  case_dicom: {
    table: 'case_dicom',
    key: ['case_id'],
    columns: ['case_id', 'study_uid', 'series_uid', 'instance_uid', 'accession_number', 'modality', 'facts'],
  },
  dicom_objects: {
    table: 'dicom_objects',
    key: ['id'],
    columns: ['id', 'case_id', 'kind', 'uid', 'installation', 'version', 'at', 'made_by'],
  },
  experiments: {
    table: 'experiments',
    key: ['id'],
    columns: [...EXPERIMENTS, ...CONFIDENCES, 'gate', 'made_by', 'at'],
  },
  region_features: {
    table: 'region_features',
    key: ['result_id'],
    columns: ['result_id', 'case_id', 'features'],
  },
  edited_scans: { table: 'edited_scans', key: ['case_id'], columns: ['case_id', 'origin_id', 'experiment_id'] },
  slices: { table: 'slices', key: ['case_id'], columns: ['case_id', 'series_id', 'joined_at', 'listed'] },
  frame_answers: { table: 'frame_answers', key: ['result_id'], columns: ['result_id', 'standing', 'frames'] },
  failures: { table: 'failures', key: ['id'], columns: ['id', 'case_id', 'code', 'details', 'created_at'] },
  model_activations: {
    table: 'model_activations',
    key: ['id'],
    columns: [...ACTIVATIONS, 'activated_at', 'reason', 'gate', 'supersedes', 'restores'],
  },
  datasets: {
    table: 'datasets',
    key: ['name', 'version'],
    columns: [...DATASETS, 'origin', 'images', 'unreadable', 'per_class'],
  },
  batches: { table: 'batches', key: ['id'], columns: ['id', 'name', 'origin', 'options', 'created_at', 'created_by'] },
  case_views: { table: 'case_views', key: ['id'], columns: ['id', 'case_id', 'reader', 'at'] },
  erasures: {
    table: 'erasures',
    key: ['id'],
    columns: ['id', 'case_id', 'erased_at', 'erased_by', 'reason_sha256', 'reason_salt'],
  },
  image_removals: {
    table: 'image_removals',
    key: ['id'],
    columns: ['id', 'case_id', 'removed_at', 'removed_by', 'rule'],
  },
  legal_holds: {
    table: 'legal_holds',
    key: ['id'],
    columns: ['id', 'case_id', 'kind', 'scope', 'lifts', 'actor', 'reason', 'at'],
  },
  training_runs: {
    table: 'training_runs',
    key: ['id'],
    columns: ['id', 'recipe', 'request', 'created_at', 'created_by'],
  },
} as const satisfies Record<string, BoundTable>

export type BoundKind = keyof typeof BOUND
export const BOUND_KINDS = Object.keys(BOUND) as BoundKind[]
export const boundTable = (kind: BoundKind): BoundTable => BOUND[kind]
export const isBoundKind = (kind: string): kind is BoundKind => Object.hasOwn(BOUND, kind)

/** A row as the database gives it back, with at least its bound columns. */
export type Row = Record<string, unknown>

export interface Bound {
  kind: BoundKind
  row: object
}

/** Row of `audit_bindings`: which entry binds a row, and the salt of its digest. */
export interface Binding {
  kind: string
  key: string
  salt: string
  seq: number
}

export const keyOf = (kind: BoundKind, row: Row): string =>
  boundTable(kind)
    .key.map((column) => String(row[column]))
    .join('@')

/**
 * Digests for the entry at `seq`, by `kind/key`, and what has to be kept beside it. The salt keeps names from being
 * guessed by their digests; without it, as after an erasure, the digest says nothing any more.
 */
export function bind(bounds: Bound[], seq: number): { digests: Record<string, string>; bindings: Binding[] } {
  const bindings: Binding[] = []
  const digests: Record<string, string> = {}
  for (const { kind, row } of bounds) {
    const binding = { kind, key: keyOf(kind, row as Row), salt: randomBytes(16).toString('hex'), seq }
    bindings.push(binding)
    digests[`${kind}/${binding.key}`] = rowDigest(kind, row as Row, binding.salt)
  }
  return { digests, bindings }
}

/**
 * SHA-256 (hex) over the canonical JSON of salt, kind and the row's bound columns. Columns that are null are left out,
 * so that a column which a later schema adds changes no digest.
 */
export function rowDigest(kind: BoundKind, row: Row, salt: string): string {
  const bound = boundTable(kind).columns.flatMap((column) => {
    const value = row[column]
    return value === null ? [] : [[column, plain(value)] as const]
  })
  return createHash('sha256')
    .update(canonicalJson([salt, kind, Object.fromEntries(bound)]))
    .digest('hex')
}

/** What only an altered row has (bytes, undefined) must not pass for something else, or throw. */
function plain(value: unknown): Json {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Object.is(value, -0) ? ['-0'] : value
  return [Object.prototype.toString.call(value)]
}
