export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type Finding,
  type NotEvaluated,
} from "./evaluate.ts";
export { LOWERED_PREFIX } from "./floors.ts";
export { levelsOf, PROFILES, type Profile } from "./levels.ts";
export type { Level, PolicyResource, Reference, Rule, Severity } from "./model.ts";
export { RULES } from "./registry.ts";
export type { Suppression } from "./suppressions.ts";
export { UNKNOWN } from "./unknown.ts";
