/**
 * The indexes as of migration 0039. Those of lists are of one kind: filter, then the order of time, of cases that are listed.
 * A path may be longer than a key of an index, so that its digest stands for it there.
 */
export const INDEXES_SQL = `
create index audit_by_act on audit (act, at);
create index audit_by_actor on audit (actor, at);
create index audit_by_at on audit (at);
create index audit_by_subject on audit (subject, at);
create index batches_by_state on batches (state, id);
create unique index model_activations_first on model_activations (coalesce(supersedes, 0));
create index cases_by_code on cases (right(replace(id, '-', ''), 8)) where dismissed_at is null;
create index cases_by_confidence on cases (confidence, received_at, id) where dismissed_at is null;
create index cases_by_description on cases (description, received_at, id) where dismissed_at is null;
create index cases_by_file_name on cases (file_name, received_at, id) where dismissed_at is null;
create index cases_by_id on cases (id, received_at) where dismissed_at is null;
create index cases_by_label on cases (label, received_at, id) where dismissed_at is null;
create index cases_by_model_id on cases (model_id, received_at, id) where dismissed_at is null;
create index cases_by_patient_id on cases (patient_id, received_at, id) where dismissed_at is null;
create index cases_by_patient_name on cases (patient_name, received_at, id) where dismissed_at is null;
create index cases_by_reader on cases (reader, received_at, id) where dismissed_at is null;
create index cases_by_received_at on cases (received_at, id) where dismissed_at is null;
create index cases_by_scan_sha256 on cases (scan_sha256, received_at, id);
create index cases_by_second on cases (second, received_at, id) where dismissed_at is null and second != '';
create index cases_by_source on cases (source, received_at, id) where dismissed_at is null;
create index cases_by_state on cases (state, received_at, id) where dismissed_at is null;
create index cases_by_study_date on cases (study_date, received_at, id) where dismissed_at is null;
create index cases_by_urgency on cases (urgency, received_at, id) where dismissed_at is null;
create index cases_by_verdict on cases (verdict, received_at, id) where dismissed_at is null;
create index cases_by_waited on cases (waited, received_at, id) where dismissed_at is null;
create index cases_not_judged on cases (id) where error_code = 'series-not-judged';
create index batch_files_by_batch on batch_files (batch_id, case_id);
create index batch_files_by_calm on batch_files (batch_id, calm, seq, state, label, confidence);
create index batch_files_by_case on batch_files (case_id);
create index batch_files_by_order on batch_files (batch_id, seq, state, label, confidence);
create unique index batch_files_by_path on batch_files (batch_id, root, md5(path));
create index batch_files_by_state on batch_files (batch_id, state, seq);
create index case_dicom_by_accession_number on case_dicom (accession_number, case_id);
create index case_dicom_by_instance_uid on case_dicom (instance_uid, case_id);
create index case_dicom_by_series_uid on case_dicom (series_uid, case_id);
create index case_dicom_by_study_uid on case_dicom (study_uid, case_id);
create index case_views_by_case on case_views (case_id, reader, at);
create index case_views_by_reader on case_views (reader, at);
create index dicom_objects_by_case on dicom_objects (case_id, id);
create index experiments_by_case on experiments (case_id, id);
create index edited_scans_by_origin on edited_scans (origin_id);
create index failures_by_case on failures (case_id, id);
create index legal_holds_by_case on legal_holds (case_id, id);
create index results_by_case on results (case_id, id);
create index results_by_model on results (model_id, id);
create index results_by_time on results (created_at, id);
create unique index results_first on results (case_id) where supersedes is null;
create index feature_vectors_by_case on feature_vectors (case_id, index_id);
create index impressions_by_case on impressions (case_id, id);
create index input_statistics_distance on input_statistics (result_id) where distance is not null;
create index region_features_by_case on region_features (case_id);
create index sendings_by_case on sendings (case_id, id);
create index sendings_by_state on sendings (state, next_at);
create index slices_by_series on slices (series_id, place);
create index training_runs_by_time on training_runs (created_at, id);
create index verdicts_by_case on verdicts (case_id, id);
create index signatures_by_case on signatures (case_id, id);
create unique index signatures_first on signatures (case_id) where supersedes is null;
`
