import { SCHEMA } from './pool.ts'

/** Rows of these are never changed, by nobody. */
const NEVER_CHANGED = [
  ...['adjudications', 'audit', 'case_views', 'datasets', 'dicom_objects', 'edited_scans', 'erasures', 'frame_answers'],
  ...[
    'image_removals',
    'impressions',
    'input_statistics',
    'model_activations',
    'organisations',
    'results',
    'second_marks',
  ],
]

/** What an erasure leaves of a column; `null` stands for SQL's. */
type Left = Record<string, string>

/** Of these an erasure empties some columns, and changes nothing else. */
const ERASED: Record<string, Left> = {
  case_dicom: {
    ...{ study_uid: '', series_uid: '', instance_uid: '', accession_number: '', modality: '', facts: '' },
  },
  experiments: { steps: '' },
  failures: { details: 'null' },
  feature_vectors: { vector: '\\x' },
  legal_holds: { reason: 'erased' },
  region_features: { features: '' },
  second_readings: { comment: '' },
  verdicts: { comment: '' },
}

/**
 * Of these tables nothing but these columns ever changes: what an erasure empties, and where a slice lies in its series.
 * Tables that are not named may change as a whole.
 */
export const CHANGING_COLUMNS: Record<string, string[]> = {
  ...Object.fromEntries(NEVER_CHANGED.map((table) => [table, []])),
  ...Object.fromEntries(Object.entries(ERASED).map(([table, left]) => [table, Object.keys(left)])),
  signatures: ['reason'],
  slices: ['listed', 'place', 'mm', 'scope'],
  accounts: ['role', 'password', 'changed_at', 'must_change', 'active', 'failures', 'failed_at', 'signed_in_at'],
}

/** Rows of these are never taken away. */
const NEVER_GONE = [
  ...NEVER_CHANGED,
  ...Object.keys(ERASED),
  'signatures',
  'series',
  'slices',
  'accounts',
  'account_tokens',
]

const FUNCTIONS = `
create function refuse() returns trigger language plpgsql as $$
begin
  raise exception '%', coalesce(tg_argv[0], tg_table_name || ' is append-only') using errcode = 'insufficient_privilege';
end $$;

-- Its arguments are columns, each with what an erasure leaves of it. A temporary table of the same name is not looked at.
create function only_erased() returns trigger language plpgsql as $$
declare
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
begin
  for n in 0 .. tg_nargs / 2 - 1 loop
    if coalesce(after ->> tg_argv[2 * n], 'null') <> tg_argv[2 * n + 1] then
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    before := before - tg_argv[2 * n];
    after := after - tg_argv[2 * n];
  end loop;
  if before <> after or not exists (select 1 from ${SCHEMA}.erasures where case_id = old.case_id) then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
`

const refused = (table: string, act: string, how: string, when = '', said = '') =>
  `create trigger ${table}_no_${act} before ${how} on ${table} for each row ${when} execute function refuse(${said});`

const emptied = (table: string, left: Left, when = '', named = 'no_update') => {
  const told = Object.entries(left).flatMap(([column, value]) => [`'${column}'`, `'${value}'`])
  return `create trigger ${table}_${named} before update on ${table} for each row ${when}
    execute function only_erased(${told.join(', ')});`
}

/**
 * What may only be added to. SQLite's guards against replacing have no counterpart: here a key that is taken is an error,
 * and what is put in its place counts as a change. Emptying a whole table is refused as well, which SQLite does not know.
 */
export const GUARDS_SQL: string = [
  FUNCTIONS,
  ...NEVER_CHANGED.map((table) => refused(table, 'update', 'update')),
  ...Object.entries(ERASED).map(([table, left]) => emptied(table, left)),
  emptied('signatures', { reason: 'erased' }, `when (new.kind = 'amend')`),
  emptied('signatures', { reason: '' }, `when (new.kind <> 'amend')`, 'no_update_unamended'),
  // Where a slice lies in its series may become known later.
  refused(
    'slices',
    'update',
    'update',
    'when (new.series_id <> old.series_id or new.joined_at <> old.joined_at or new.case_id <> old.case_id)',
  ),
  refused('accounts', 'rename', 'update of name, name_key', '', `'accounts: no rename'`),
  ...NEVER_GONE.flatMap((table) => [
    refused(table, 'delete', 'delete', '', table.startsWith('account') ? `'${table}: no delete'` : ''),
    `create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function refuse();`,
  ]),
].join('\n')
