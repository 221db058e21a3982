import { COUNTED_COLUMNS } from '../case-counts.ts'
import { foldedSql } from '../fold.ts'
import { named } from '../migrations/0010-history.ts'

const COUNTED = COUNTED_COLUMNS.join(', ')
const of = (row: 'new' | 'old') => COUNTED_COLUMNS.map((name) => `${row}.${name}`).join(', ')

/** How many listed cases share all that the filters offer (migration 0010). */
const COUNTS = `
create function count_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (${of('new')}, new.dismissed_at) is not distinct from (${of('old')}, old.dismissed_at) then
    return null;
  end if;
  if tg_op <> 'INSERT' and old.dismissed_at is null then
    update case_counts set n = n - 1 where (${COUNTED}) = (${of('old')});
  end if;
  if tg_op <> 'DELETE' and new.dismissed_at is null then
    insert into case_counts (${COUNTED}, n) values (${of('new')}, 1)
      on conflict (${COUNTED}) do update set n = case_counts.n + 1;
  end if;
  return null;
end $$;
create trigger cases_counted after insert or delete or update of ${COUNTED}, dismissed_at on cases
  for each row execute function count_case();
`

/** What became of the files of a batch, of which its page shows the numbers (migration 0008). */
const BATCHES = `
create function count_batch_file() returns trigger language plpgsql as $$
declare
  read text[] := array['analysed', 'reviewed', 'signed'];
  was text := '';
begin
  if tg_op = 'UPDATE' then
    was := old.state;
  end if;
  update batches set
    files = files + (tg_op = 'INSERT')::int,
    analysed = analysed + (new.state = any (read))::int - (was = any (read))::int,
    failed = failed + (new.state = 'failed')::int - (was = 'failed')::int,
    skipped = skipped + (new.state = 'skipped')::int - (was = 'skipped')::int
    where id = new.batch_id;
  return null;
end $$;
create trigger batch_files_added after insert on batch_files for each row execute function count_batch_file();
create trigger batch_files_moved after update of state on batch_files
  for each row when (new.state <> old.state) execute function count_batch_file();

create function follow_case() returns trigger language plpgsql as $$
begin
  update batch_files set state = new.state where case_id = new.id and state <> 'skipped';
  return null;
end $$;
create trigger batch_files_follow after update of state on cases
  for each row when (new.state <> old.state) execute function follow_case();
`

/** Points of the order of reading, as migrations 0038 and 0039 have them. */
const RANKS = `
create function points(named text, otherwise double precision) returns double precision language sql stable as $$
  select coalesce((select value from urgency_settings where name = named), otherwise)
$$;
-- Days from 2000 on: differences of some seconds are still told apart.
create function day_of(at text) returns double precision language sql stable as $$
  select (extract(epoch from at::timestamptz) / 86400 - 10957)::double precision
$$;
create function waits(c cases) returns boolean language sql stable as $$
  select c.state in ('listed', 'received', 'analysed', 'failed')
$$;
create function urgency_of(c cases) returns double precision language sql stable as $$
  select case
    when c.source = 'edited' or not waits(c) then day_of(c.received_at) - 1000000
    else case
      when c.state = 'failed' then points('unreadable', 0.3)
      when c.label in ('glioma', 'meningioma', 'notumor', 'pituitary') then
        points('tumour', 1) * coalesce((select 1 - p_notumor from results where id = c.result_id), 0.5)
          + points('uncertainty', 0.5) * (1 - c.confidence)
      else points('unjudged', 0.7) end - points('waiting', 0.1) * day_of(c.received_at) end
$$;
create function waited_of(c cases) returns double precision language sql stable as $$
  select case when c.source = 'edited' or not waits(c) then day_of(c.received_at) - 1000000
    else - day_of(c.received_at) end
$$;
create function rank_case() returns trigger language plpgsql as $$
begin
  new.urgency := urgency_of(new);
  new.waited := waited_of(new);
  return new;
end $$;
create trigger cases_ranked before insert or update of state, result_id, label, confidence on cases
  for each row execute function rank_case();
`

const COMBINING = '[\\u0300-\\u036f]'

/**
 * The words of a text as SQLite's full-text index has them: letters and digits, without case and accents. Their places
 * are kept, so that a name of two parts is found as it is written.
 */
const WORDS = `
create function folded(given text) returns text language sql immutable parallel safe as $$
  select ${foldedSql('given')}
$$;
create function words_of(given text) returns tsvector language sql immutable parallel safe as $$
  select coalesce(string_agg('''' || left(word, 200) || ''':' || least(place, 16383), ' '), '')::tsvector
  from regexp_split_to_table(
    regexp_replace(normalize(lower(given collate "und-x-icu"), nfkd), '${COMBINING}', '', 'g') collate "und-x-icu",
    '[^[:alnum:]]+') with ordinality as split (word, place)
  where word <> ''
$$;
`

/**
 * All that a case is found by but its patient. Its own accession number and those of its slices are asked for apart: by one
 * condition with `or` PostgreSQL would read all that is on record of DICOM files, for each case that is written.
 */
export const TEXT_OF_SQL = `create or replace function text_of(c cases) returns text language sql stable as $$
  select folded(concat_ws(' | ', c.file_name, c.description, c.reader, c.model_id,
    ${named('label')}, ${named('verdict_label')},
    case when c.verdict = 'withheld' then '' else
      coalesce((select string_agg(comment, ' | ' order by id) from verdicts where case_id = c.id), '') || ' | '
      || coalesce((select reader || ' | ' || comment from second_readings where case_id = c.id), '') end)
    || coalesce((select ' | ' || string_agg(distinct accession_number, ' | ') from (
        select accession_number from case_dicom where case_id = c.id
        union all
        select accession_number from slices join case_dicom on case_dicom.case_id = slices.case_id
          where slices.series_id = c.id
      ) as told where accession_number <> ''), ''))
$$;`

/** What a case can be found by (migration 0038): its texts, their words, and what keeps them up to date. */
const TEXTS = `
create table case_texts (
  n bigint primary key generated by default as identity, case_id text collate "C" not null unique,
  patient text collate "C" not null default '', text text collate "C" not null,
  words tsvector not null generated always as (words_of(patient) || words_of(text)) stored,
  patient_words tsvector not null generated always as (words_of(patient)) stored
);
create index case_texts_words on case_texts using gin (words);
create index case_texts_patient_words on case_texts using gin (patient_words);
create view case_search as select n as rowid, words, patient_words from case_texts;

create function patient_text_of(c cases) returns text language sql stable as $$
  select folded(c.patient_name || ' | ' || c.patient_id)
$$;
${TEXT_OF_SQL}
create function renew_text(renewed text) returns void language sql as $$
  update case_texts set patient = patient_text_of(c), text = text_of(c) from cases as c
  where c.id = renewed and case_texts.case_id = renewed
$$;

create function text_of_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from case_texts where case_id = old.id;
  elsif tg_op = 'INSERT' then
    insert into case_texts (case_id, patient, text) values (new.id, patient_text_of(new), text_of(new));
  else
    perform renew_text(new.id);
  end if;
  return null;
end $$;
create trigger cases_text_kept after insert or delete
  or update of patient_name, patient_id, file_name, description, reader, model_id, label, verdict_label, verdict
  on cases for each row execute function text_of_case();

-- A slice's accession number stands on its series, too.
create function text_beside_case() returns trigger language plpgsql as $$
begin
  perform renew_text(new.case_id);
  if tg_table_name = 'case_dicom' and tg_op = 'UPDATE' then
    perform renew_text(series_id) from slices where case_id = new.case_id;
  end if;
  return null;
end $$;
create trigger verdicts_text_kept after insert or update of comment on verdicts
  for each row execute function text_beside_case();
create trigger second_readings_text_kept after insert or update of comment on second_readings
  for each row execute function text_beside_case();
create trigger case_dicom_text_kept after insert or update of accession_number on case_dicom
  for each row execute function text_beside_case();
`

/** Tells other workstations of what changes on their lists (queue/changes.ts). */
const TOLD = `
create function tell_case() returns trigger language plpgsql as $$
begin
  perform pg_notify('gyrus_cases', new.id);
  return null;
end $$;
create trigger cases_told after insert
  or update of state, label, result_id, verdict, reader, second, dismissed_at, description on cases
  for each row execute function tell_case();
`

/** What is worked out of the rows and kept beside them, for lists that answer at once. */
export const KEPT_SQL: string = [COUNTS, BATCHES, RANKS, WORDS, TEXTS, TOLD].join('\n')
