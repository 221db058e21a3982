import { resolve } from 'node:path'
import type { LabelMap } from '../../../shared/dataset.ts'
import type { datasetContract } from '../../../shared/dataset-contract.ts'
import type { DatasetEntry } from '../../../shared/frozen-dataset.ts'
import type { RecordedDataset } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { DatasetAudits } from './audits.ts'
import { compareVersions } from './compare.ts'
import type { ImportJob } from './import-job.ts'
import { checkDatasetName, type Datasets, type StagedFiles, stagedSource } from './index.ts'
import type { Manifests } from './manifests.ts'
import type { DatasetPictures } from './pictures.ts'
import { partsOf, type Staging } from './staging.ts'

interface Services {
  datasets: Datasets
  datasetImport: ImportJob
  datasetManifests: Manifests
  datasetPictures: DatasetPictures
  datasetAudits: DatasetAudits
  staging: Staging
}

export function datasetHandlers(services: Services): Pick<Handlers, keyof typeof datasetContract> {
  const { datasets, datasetImport, datasetManifests, datasetPictures, datasetAudits, staging } = services
  const { catalogue } = datasets
  return {
    'datasets.list': async () => ({ sets: (await catalogue.list()).map(toEntry) }),
    'datasets.get': async ({ name, version }) => catalogue.summary(await catalogue.find(name, version)),
    'datasets.samples': ({ name, version, perClass }) => datasetPictures.samples(name, version, perClass),
    'datasets.survey': ({ path, patients, map }) =>
      datasets.survey({ path: resolve(path), map, ...(patients !== null && { patients: resolve(patients) }) }),
    'datasets.import': async ({ name, ...files }, { reader: by }) => {
      datasetImport.start({ name, source: { kind: 'files', ...files }, by })
      return {}
    },
    'datasets.stage': async ({ called }, { reader }) => ({ id: await staging.begin(called, reader) }),
    'datasets.unstage': async ({ id }, { reader }) => {
      await staging.discard(id, reader)
      return {}
    },
    'datasets.surveyStaged': ({ id, ...given }, { reader }) =>
      staging.use(id, reader, ({ root, name }) => datasets.survey(stagedSource(toFiles(root, name, given)))),
    'datasets.importStaged': async ({ id, name, ...given }, { reader: by }) => {
      checkDatasetName(name)
      const { root, folder } = staging.find(id, by)
      datasetImport.start({ name, source: { kind: 'browser', ...toFiles(root, folder, given) }, by }, async (work) => {
        await staging.use(id, by, work)
        // Where it came to nothing, somebody may say again what the folders are.
        if (datasetImport.status.state === 'done') await staging.discard(id, by)
      })
      return {}
    },
    'datasets.importSigned': async ({ name, since }, { reader: by }) => {
      datasetImport.start({ name, source: { kind: 'signed', since }, by })
      return {}
    },
    'datasets.curate': async ({ name, version, decisions }, { reader: by }) => {
      await catalogue.find(name, version)
      datasetImport.start({ name, source: { kind: 'curated', version, decisions }, by })
      return {}
    },
    'datasets.importStatus': async () => datasetImport.status,
    'datasets.cancelImport': async () => {
      await datasetImport.cancel()
      return {}
    },
    'datasets.dismissImport': async () => {
      await datasetImport.dismiss()
      return {}
    },
    'datasets.audit': async (version, { reader }) => {
      await datasetAudits.start(version, reader)
      return {}
    },
    'datasets.auditStatus': async () => datasetAudits.status,
    'datasets.cancelAudit': async () => {
      await datasetAudits.cancel()
      return {}
    },
    'datasets.audited': async (version) => ({ found: await datasetAudits.figures(version) }),
    'datasets.groups': ({ name, version, ...page }) => datasetAudits.groups({ name, version }, page),
    'datasets.compare': async ({ name, version, with: other, which, offset, limit }) => {
      const [after, before] = [await datasetManifests.of(name, version), await datasetManifests.of(name, other)]
      const { counts, changes } = compareVersions(before.manifest.images, after.manifest.images)
      const shown = which === null ? [] : changes[which]
      return { counts, total: shown.length, changes: shown.slice(offset, offset + limit) }
    },
  }
}

const toEntry = ({ manifestSha256: _, ...entry }: RecordedDataset): DatasetEntry => entry

interface Given {
  table: string | null
  patientTable: string | null
  map: LabelMap
}

/** @throws GyrusError `dataset-staged-path` where a table lies outside */
function toFiles(root: string, folder: string, { table, patientTable: patients, map }: Given): StagedFiles {
  for (const path of [table, patients]) if (path !== null) partsOf(path)
  return { root, folder, table, patients, map }
}
