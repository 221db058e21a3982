import SQLite from 'better-sqlite3'
import type { DicomFacts } from '../../../src/shared/dicom.ts'

const ROOT = '1.2.826.0.1.3680043.10.1561'
/** Slices of a series, and of a study of three series. */
const SERIES = 30
const STUDY = 90

/** What the file of a case says, by the case's number (from 1). As they are in the record, but for what a bench has no use for. */
export const dicomOfNumber = (n: number) => ({
  study: uid(1, Math.floor(n / STUDY)),
  series: uid(2, Math.floor(n / SERIES)),
  instance: uid(3, n),
  accession: `ACC${String(Math.floor(n / STUDY)).padStart(7, '0')}`,
})

/** UIDs of one study do not lie side by side in an index: numbers that look random. */
const uid = (kind: number, n: number) => `${ROOT}.${kind}.${(n * 2_654_435_761) % 4_294_967_296}`
const uidSql = (kind: number, n: string) => `'${ROOT}.${kind}.' || (${n} * 2654435761 % 4294967296)`

const FACTS: Omit<DicomFacts, 'studyUid' | 'seriesUid' | 'instanceUid' | 'accessionNumber'> = {
  ...{ patientName: 'García, José', patientNameDicom: 'García^José', patientId: 'P0000042', patientIdIssuer: '' },
  ...{ birthDate: '1966-01-01', sex: 'M', sopClass: '1.2.840.10008.5.1.4.1.1.4', modality: 'MR' },
  ...{ studyDescription: 'MR HEAD WITH CONTRAST', seriesDescription: 'T1 MPRAGE ax post', studyDate: '2024-01-19' },
  ...{ studyTime: '14:15:00', studyId: '1', referringPhysician: 'Roe^R', frameOfReferenceUid: `${ROOT}.9.1` },
  ...{ seriesNumber: 401, instanceNumber: 17, manufacturer: 'Maker', manufacturerModel: 'Model', fieldStrength: 3 },
  ...{ sequenceName: '*tfl3d1', echoTime: 2.98, inversionTime: 900 },
  ...{ contrastAgent: 'Gd', pixelSpacing: [0.5, 0.5], position: [-120.5, -98.25, 14] },
  ...{ orientation: [1, 0, 0, 0, 1, 0], frames: 1, frame: 1 },
}

/** Gives every case of a filled record that has an answer what its DICOM file says. @returns how many */
export function fillDicom(file: string): number {
  const sqlite = new SQLite(file)
  try {
    sqlite.pragma('synchronous = OFF')
    // Without indexes a million rows are written within a minute, and those are made of what is sorted.
    const indexes = sqlite
      .prepare(`select name, sql from sqlite_master where type = 'index' and name like 'case_dicom_by_%'`)
      .all() as { name: string; sql: string }[]
    // So is what search finds of them.
    const triggers = sqlite
      .prepare(`select name, sql from sqlite_master where name in ('case_dicom_text_added', 'case_texts_changed')`)
      .all() as { name: string; sql: string }[]
    sqlite.exec('begin')
    for (const { name } of indexes) sqlite.exec(`drop index ${name}`)
    for (const { name } of triggers) sqlite.exec(`drop trigger ${name}`)
    const said = JSON.stringify(FACTS).slice(0, -1).replaceAll("'", "''")
    const { changes } = sqlite
      .prepare(`
        insert into case_dicom (case_id, study_uid, series_uid, instance_uid, accession_number, modality, facts)
        with one as (select id, ${uidSql(1, `(rowid / ${STUDY})`)} as study, ${uidSql(2, `(rowid / ${SERIES})`)} as series,
          ${uidSql(3, 'rowid')} as instance, printf('ACC%07d', rowid / ${STUDY}) as accession
          from cases where label != '' order by rowid)
        select id, study, series, instance, accession, 'MR', '${said},"studyUid":"' || study || '","seriesUid":"' || series
          || '","instanceUid":"' || instance || '","accessionNumber":"' || accession || '"}' from one`)
      .run()
    const accession = 'select accession_number from case_dicom where case_id = case_texts.case_id'
    sqlite.exec(`update case_texts set text = text || ' | ' || (${accession}) where exists (${accession})`)
    sqlite.exec(`insert into case_search (case_search) values ('rebuild')`)
    for (const { sql } of [...indexes, ...triggers]) sqlite.exec(sql)
    sqlite.exec('commit')
    return changes
  } finally {
    sqlite.close()
  }
}
