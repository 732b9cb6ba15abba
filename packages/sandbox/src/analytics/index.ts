/** The analytics pipeline on one machine: the cleaning job on local PySpark, and Athena's questions on the emulator. */
export { type AnswerRow, type Athena, type AthenaOptions, namedQueries, openAthena } from "./athena.ts";
export {
  auditLine,
  type GeneralLogRow,
  type RawFiles,
  type Recorded,
  writeRaw,
} from "./raw.ts";
export {
  type CleaningOptions,
  type Counts,
  JOB_DIRECTORY,
  type Manifest,
  runCleaningJob,
  SPARK,
  sparkEnvironment,
} from "./spark.ts";
