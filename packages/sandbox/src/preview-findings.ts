import type { Finding } from "@palisade/policy-pack";
import type { Preview, PreviewedResource } from "./preview.ts";
import { sourceText } from "./preview-source.ts";

/** The rule that tells of floors, which are shown apart: their owner lowered them with a reason. */
const LOWERED = "lowered-floor";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** Violations apart from lowered floors. */
export function splitFindings({ policy }: Preview): { violations: Finding[]; lowered: Finding[]; mandatory: number } {
  const violations = policy.findings.filter(({ rule }) => rule !== LOWERED);
  return {
    violations,
    lowered: policy.findings.filter(({ rule }) => rule === LOWERED),
    mandatory: violations.filter(({ level }) => level === "mandatory").length,
  };
}

/** A finding's resource, and the finding's sentence without the resource's name, with which it begins. */
export function placed(preview: Preview, finding: Finding): { resource: PreviewedResource | undefined; text: string } {
  const resource = preview.resources.find(({ urn }) => urn === finding.urn);
  return { resource, text: finding.message.slice(finding.name.length + 2) };
}

/** `packages/a/src/b.ts:7, made by stacks/compose.ts:30`; empty where the stack trace says nothing. */
export function sourceWords(resource: PreviewedResource | undefined): string {
  const { source, componentSource } = resource ?? {};
  const places = [source, componentSource].filter((each) => each !== undefined).map(sourceText);
  return [...new Set(places)].join(", in what is made at ");
}

export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}
