import { layersOf } from "../defences.ts";
import type { JsonFile, LabResult } from "./json.ts";

/** What `--json` writes of a result: the verdicts and their evidence, without the exchanges. */
export function toJsonFile({ stages }: Pick<LabResult, "stages">): JsonFile {
  return {
    stages: stages.map(({ stage, provisionMs, resources, attacks, legitimate, detection }) => ({
      stage,
      provisionMs,
      resources,
      attacks: attacks.map(({ id, title, owasp, paper, verdict, defences, layer, defence, evidence, traces }) => ({
        id,
        title,
        owasp,
        paper,
        verdict,
        layers: layersOf(defences),
        layer,
        defences,
        ...(defence === undefined ? {} : { defence }),
        evidence,
        ...(traces === undefined ? {} : { traces }),
      })),
      legitimate: legitimate.map(({ id, ok, evidence }) => ({ id, ok, evidence })),
      ...(detection === undefined ? {} : { detection }),
    })),
  };
}
