export { expectNamesPrefixed, expectPartitionSafe, stringsOf } from "./checks.ts";
export { rejection } from "./failures.ts";
export type { InvokeMock } from "./invokes.ts";
export type { OutputMock, OutputRequest } from "./outputs.ts";
export { DEFAULT_PLACE, type MockPlace } from "./place.ts";
export { resolved } from "./plain.ts";
export { type RecordOptions, recordStack } from "./record.ts";
export { type RecordedInvoke, type RecordedOptions, type RecordedResource, Recording } from "./recording.ts";
export { componentSchema, goldenSchema, UPDATE_VARIABLE } from "./schema.ts";
