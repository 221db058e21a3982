import type { Kysely } from 'kysely'
import { lookInDepartment } from '../../../src/main/store/postgres/look.ts'
import type { RecordPlace } from '../../../src/main/store/record-place.ts'
import type { Database } from '../../../src/main/store/schema.ts'
import type { VerifyFollowing } from '../../../src/main/store/types.ts'

/** Takes the place of verify/there.ts in the project “store-postgres”: there is no file. */
export const lookThere = (db: Kysely<Database>, _place: RecordPlace, following: VerifyFollowing) =>
  lookInDepartment(db, following)
