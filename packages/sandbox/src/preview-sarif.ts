import { createHash } from "node:crypto";
import { type Finding, RULES } from "@palisade/policy-pack";
import type { Preview, PreviewedResource } from "./preview.ts";
import { placed } from "./preview-findings.ts";
import type { SourceLine } from "./preview-source.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** GitHub sorts security findings by this number of the rule (docs.github.com, "SARIF support for code scanning"). */
const SECURITY_SEVERITY = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

/**
 * The findings as SARIF 2.1.0, for code scanning. A mandatory finding is an `error`, an advisory one a `warning`, a lowered floor a `note`;
 * what a suppression accepts is there with its reason, and what is not evaluated as a `notification`.
 */
export function previewSarif(preview: Preview): object {
  const { policy } = preview;
  const used = [...new Set([...policy.findings, ...policy.suppressed].map(({ rule }) => rule))].sort();
  const rules = RULES.filter(({ name }) => used.includes(name));
  const result = (finding: Finding) => {
    const { resource, text } = placed(preview, finding);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ name }) => name === finding.rule),
      level: finding.rule === "lowered-floor" ? "note" : finding.level === "mandatory" ? "error" : "warning",
      message: { text: `${preview.stage}: ${resource?.path ?? finding.name}: ${text}. ${finding.remediation}.` },
      locations: [location(resource, finding)],
      ...(resource?.componentSource && {
        relatedLocations: [
          { physicalLocation: physical(resource.componentSource), message: { text: "the component is made here" } },
        ],
      }),
      // The line moves when code above it does; these three do not.
      partialFingerprints: { "palisade/v1": fingerprint(preview.stage, finding) },
    };
  };
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Palisade",
            informationUri: "https://github.com/palisade/palisade",
            rules: rules.map(({ name, description, remediation, url, severity, references }) => ({
              id: name,
              shortDescription: { text: `${description}.` },
              help: { text: `${remediation}. ${url}`, markdown: `${remediation}. [Why](${url})` },
              helpUri: url,
              defaultConfiguration: { level: "warning" },
              properties: {
                "security-severity": SECURITY_SEVERITY[severity],
                tags: ["security", ...references.map(({ framework, id }) => `${framework} ${id}`)],
              },
            })),
          },
        },
        automationDetails: { id: `palisade/${preview.stage}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: policy.notEvaluated.map(({ rule, name, reason }) => ({
              level: "note",
              message: { text: `not evaluated: ${rule} on ${name}: ${reason}` },
            })),
          },
        ],
        originalUriBaseIds: { ROOT: { description: { text: "The folder that the preview ran in." } } },
        columnKind: "utf16CodeUnits",
        results: [
          ...policy.findings.map(result),
          ...policy.suppressed.map((finding) => ({
            ...result(finding),
            suppressions: [
              { kind: "external", status: "accepted", justification: `${finding.reason} (until ${finding.expires})` },
            ],
          })),
        ],
      },
    ],
  };
}

function location(resource: PreviewedResource | undefined, { name, type }: Finding): object {
  return {
    ...(resource?.source && { physicalLocation: physical(resource.source) }),
    logicalLocations: [{ name, fullyQualifiedName: resource?.path ?? name, kind: "resource", decoratedName: type }],
  };
}

function physical({ file, line, column }: SourceLine): object {
  return {
    artifactLocation: { uri: encodeURI(file), uriBaseId: "ROOT" },
    region: { startLine: line, startColumn: column },
  };
}

function fingerprint(stage: string, { rule, urn, key }: Finding): string {
  return createHash("sha256").update([stage, rule, urn, key].join("\n")).digest("hex").slice(0, 32);
}
