import type { Kysely } from 'kysely'
import { latestSince, tokens } from './account-tokens.ts'
import { accounts, findAccount } from './accounts.ts'
import { goneOnElsewhere } from './audit/left.ts'
import { auditEntry, auditFacets, auditHead, countEntries, listEntries, scansAfter } from './audit/list.ts'
import { auditSettings } from './audit/settings.ts'
import { idsEnding } from './audit/subjects.ts'
import { exportedFiles } from './batch-export.ts'
import { batchFiles, batchTotals } from './batch-files.ts'
import { getBatch, listBatches } from './batches.ts'
import { careReads } from './care.ts'
import { facets } from './case-counts.ts'
import { findCase, getCase } from './case-detail.ts'
import { listCases, placeOfCase } from './case-list.ts'
import { timelineOf } from './case-timeline.ts'
import { listDatasets, signedScans } from './datasets.ts'
import { countResults, recordMark } from './department.ts'
import { objectsOf, objectsSettings, organisationAt } from './dicom-objects.ts'
import { editedFrom, experimentsOf } from './experiments.ts'
import { keyFrameOf } from './frame-answers.ts'
import { readingSettings } from './impressions.ts'
import { activations } from './model-activations.ts'
import {
  answersBetween,
  answersOf,
  answerTimes,
  firstMeasured,
  firstWithDistance,
  unjudgedSeries,
} from './monitoring.ts'
import { limits, machineSamples } from './monitoring-settings.ts'
import { seriesCases, seriesOfBatch, sliceCounts, wholeSeries } from './of-series.ts'
import { allPacs, pacsById } from './pacs.ts'
import { passedOver } from './passed-over.ts'
import { judgedVerdicts, readingChanges } from './reading-changes.ts'
import type { RecordPlace } from './record-place.ts'
import { regionsOf } from './regions.ts'
import type { Database } from './schema.ts'
import { secondSettings } from './second-settings.ts'
import { failingSendings, sendingCounts, sendingsOf, sendTo } from './sendings.ts'
import { priorsOf, seriesOf } from './series.ts'
import { similarReads } from './similar.ts'
import { listenerSettings, sourceRule, watchedFolders } from './sources.ts'
import { getRun, listRuns, openRuns, toldOfRun } from './training-runs.ts'
import type { ReadStore } from './types.ts'
import { urgencyRule } from './urgency.ts'
import { verifyRecord } from './verify/index.ts'

/**
 * The record as it can be read, also by a program that must not change it.
 *
 * @param place where it lies, for a verification
 */
export function createReadStore(db: Kysely<Database>, place: RecordPlace): ReadStore {
  return {
    listCases: (query, offset, limit, blind = null, reader = null) =>
      listCases(db, query, { offset, limit }, blind, reader),
    getCase: (id, blind = null, reader = null) => getCase(db, id, blind, reader),
    placeOfCase: (id, query, blind = null) => placeOfCase(db, id, query, blind),
    regionsOf: (ids, blind = null) => regionsOf(db, ids, blind),
    facets: () => facets(db),
    timelineOf: (id, reader = null) => timelineOf(db, id, reader),
    secondSettings: () => secondSettings(db),
    urgencyRule: () => urgencyRule(db),
    readingSettings: (reader) => readingSettings(db, reader),
    readingChanges: (filter, reader) => readingChanges(db, filter, reader),
    judgedVerdicts: (filter, reader) => judgedVerdicts(db, filter, reader),
    answersBetween: (span, after, limit) => answersBetween(db, span, after, limit),
    answersOf: (modelId, after, limit) => answersOf(db, modelId, after, limit),
    firstMeasured: () => firstMeasured(db),
    firstWithDistance: (modelId) => firstWithDistance(db, modelId),
    unjudgedSeries: (span) => unjudgedSeries(db, span),
    answerTimes: (caseIds) => answerTimes(db, caseIds),
    limits: () => limits(db),
    machineSamples: (from, until) => machineSamples(db, from, until),
    objectsOf: (caseId) => objectsOf(db, caseId),
    objectsSettings: () => objectsSettings(db),
    organisationAt: (at) => organisationAt(db, at),
    listenerSettings: () => listenerSettings(db),
    watchedFolders: () => watchedFolders(db),
    allPacs: () => allPacs(db),
    pacsById: (id) => pacsById(db, id),
    sendTo: () => sendTo(db),
    sendingsOf: (caseId) => sendingsOf(db, caseId),
    failingSendings: (limit) => failingSendings(db, limit),
    sendingCounts: () => sendingCounts(db),
    sourceRule: (id: string) => sourceRule(db, id),
    seriesOf: (caseId, blind = null) => seriesOf(db, caseId, blind),
    keyFrameOf: (caseId) => keyFrameOf(db, caseId),
    priorsOf: (caseId) => priorsOf(db, caseId),
    experimentsOf: (caseId) => experimentsOf(db, caseId),
    editedFrom: (caseIds) => editedFrom(db, caseIds),
    wholeSeries: (caseIds) => wholeSeries(db, caseIds),
    sliceCounts: (caseIds) => sliceCounts(db, caseIds),
    seriesOfBatch: (batch) => seriesOfBatch(db, batch),
    seriesCases: (ids, blind) => seriesCases(db, ids, blind),
    scanOfCase: async (id) => (await findCase(db, id)).scan_sha256,
    listRuns: () => listRuns(db),
    getRun: (id) => getRun(db, id),
    openRuns: () => openRuns(db),
    toldOfRun: (id) => toldOfRun(db, id),
    activations: () => activations(db),
    recordMark: () => recordMark(db),
    countResults: (since) => countResults(db, since),
    listDatasets: () => listDatasets(db),
    signedScans: (since) => signedScans(db, since),
    listAudit: (query, after, limit, reader = null) => listEntries(db, query, after, limit, reader),
    countAudit: (query) => countEntries(db, query),
    auditFacets: () => auditFacets(db),
    idsEnding: (end) => idsEnding(db, end),
    auditEntry: (sequence) => auditEntry(db, sequence),
    auditHead: () => auditHead(db),
    auditSettings: () => auditSettings(db),
    goneOnElsewhere: () => goneOnElsewhere(db),
    verifyRecord: (following) => verifyRecord(db, place, following),
    ...careReads(db),
    ...similarReads(db),
    scansAfter: (after, limit) => scansAfter(db, after, limit),
    accounts: () => accounts(db),
    findAccount: (name) => findAccount(db, name),
    tokens: () => tokens(db),
    latestSince: (tokenId) => latestSince(db, tokenId),
    listBatches: (before, limit) => listBatches(db, before, limit),
    getBatch: (id) => getBatch(db, id),
    batchTotals: (id, blind = null, slices = true) => batchTotals(db, id, blind, slices),
    passedOver: (id) => passedOver(db, id),
    exportedFiles: (id, after, limit, blind = null) => exportedFiles(db, id, { after, limit }, blind),
    batchFiles: (id, query, place, reader, blind = null) => batchFiles(db, id, query, place, { reader, blind }),
    close: () => db.destroy(),
  }
}
