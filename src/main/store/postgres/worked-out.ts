import { foldedSql } from '../fold.ts'
import { named } from '../migrations/0010-history.ts'

/**
 * A function that has its plan once a connection: one in plain SQL would be planned anew by each statement that a trigger runs
 * for it (before PostgreSQL 18), which took half of a write.
 */
const worked = (called: string, returns: string, how: 'stable' | 'immutable parallel safe', value: string) => `
create or replace function ${called} returns ${returns} language plpgsql ${how} as $$
begin
  return ${value};
end $$;
`

/** Points of the order of reading, as migrations 0038 and 0039 have them. */
const RANKS = `
-- Days from 2000 on: differences of some seconds are still told apart.
create or replace function day_of(at text) returns double precision language sql stable as $$
  select (extract(epoch from at::timestamptz) / 86400 - 10957)::double precision
$$;
create or replace function waits(c cases) returns boolean language sql stable as $$
  select c.state in ('listed', 'received', 'analysed', 'failed')
$$;
${worked(
  'points(named text, otherwise double precision)',
  'double precision',
  'stable',
  'coalesce((select value from urgency_settings where name = named), otherwise)',
)}
${worked(
  'urgency_of(c cases)',
  'double precision',
  'stable',
  `case
    when c.source = 'edited' or not waits(c) then day_of(c.received_at) - 1000000
    else case
      when c.state = 'failed' then points('unreadable', 0.3)
      when c.label in ('glioma', 'meningioma', 'notumor', 'pituitary') then
        points('tumour', 1) * coalesce((select 1 - p_notumor from results where id = c.result_id), 0.5)
          + points('uncertainty', 0.5) * (1 - c.confidence)
      else points('unjudged', 0.7) end - points('waiting', 0.1) * day_of(c.received_at) end`,
)}
${worked(
  'waited_of(c cases)',
  'double precision',
  'stable',
  `case when c.source = 'edited' or not waits(c) then day_of(c.received_at) - 1000000
    else - day_of(c.received_at) end`,
)}`

const COMBINING = '[\\u0300-\\u036f]'

/**
 * The words of a text as SQLite's full-text index has them: letters and digits, without case and accents. Their places
 * are kept, so that a name of two parts is found as it is written.
 */
const WORDS = `
${worked('folded(given text)', 'text', 'immutable parallel safe', foldedSql('given'))}
${worked(
  'words_of(given text)',
  'tsvector',
  'immutable parallel safe',
  `(select coalesce(string_agg('''' || left(word, 200) || ''':' || least(place, 16383), ' '), '')::tsvector
    from regexp_split_to_table(
      regexp_replace(normalize(lower(given collate "und-x-icu"), nfkd), '${COMBINING}', '', 'g') collate "und-x-icu",
      '[^[:alnum:]]+') with ordinality as split (word, place)
    where word <> '')`,
)}`

/**
 * What a case is found by (migration 0038). Its own accession number and those of its slices are asked for apart: by one
 * condition with `or` PostgreSQL would read all that is on record of DICOM files, for each case that is written.
 */
const TEXTS = `
${worked('patient_text_of(c cases)', 'text', 'stable', `folded(c.patient_name || ' | ' || c.patient_id)`)}
${worked(
  'text_of(c cases)',
  'text',
  'stable',
  `folded(concat_ws(' | ', c.file_name, c.description, c.reader, c.model_id,
    ${named('label')}, ${named('verdict_label')},
    case when c.verdict = 'withheld' then '' else
      coalesce((select string_agg(comment, ' | ' order by id) from verdicts where case_id = c.id), '') || ' | '
      || coalesce((select reader || ' | ' || comment from second_readings where case_id = c.id), '') end)
    || coalesce((select ' | ' || string_agg(distinct accession_number, ' | ') from (
        select accession_number from case_dicom where case_id = c.id
        union all
        select accession_number from slices join case_dicom on case_dicom.case_id = slices.case_id
          where slices.series_id = c.id
      ) as told where accession_number <> ''), ''))`,
)}
create or replace function renew_text(renewed text) returns void language plpgsql as $$
begin
  update case_texts set patient = told.patient, text = told.text
  from (select patient_text_of(c) as patient, text_of(c) as text from cases as c where c.id = renewed offset 0) as told
  where case_texts.case_id = renewed and (case_texts.patient, case_texts.text) is distinct from (told.patient, told.text);
end $$;
`

/** What is worked out of rows: before migration 0043 a department had the same in plain SQL, and some of it slower. */
export const FUNCTIONS_SQL: string = [RANKS, WORDS, TEXTS].join('\n')
