import { CONTROLS, type Control } from "./controls.ts";
import { levelsOf } from "./levels.ts";
import { padded } from "./markdown-table.ts";
import type { Rule } from "./model.ts";

/** What the pack does about a control that no rule names. */
interface Uncovered {
  /** `declared by design`: what the components make meets it, and no input shows it; `out of scope`: nothing of ours can meet it. */
  status: "declared by design" | "out of scope";
  reason: string;
}

const design = (reason: string): Uncovered => ({ status: "declared by design", reason });
const outside = (reason: string): Uncovered => ({ status: "out of scope", reason });

const NO_CLASSIC = design("no resource of WAF Classic is made: EdgeFirewall is WAFv2, and AWS ended Classic in 2025");
const HYGIENE = outside("people and credentials of the account, which no stack makes");
const ENDPOINT = outside(
  "an endpoint costs 8.76 a month and zone, and the network has no instance, container or Systems Manager agent to use it",
);

/** Why a control has no rule. */
export const UNCOVERED: Readonly<Record<string, Uncovered>> = {
  "Account.1": outside("the account's contact is set once by its owner, and holds a person's data"),
  "Backup.1": design(
    "AWS Backup encrypts every recovery point of Aurora and DynamoDB with the key of its source or vault",
  ),
  "CloudFront.4": outside(
    "a second origin needs a second Region with a copy of everything; the page is deployed again from its bundle within minutes",
  ),
  "CloudFront.12": design(
    "the origin is the bucket of the same component; a bucket that is gone is a fault of the deployment",
  ),
  "CloudTrail.6": design("s3-public-access-block and s3-policy-public look at every bucket, the trail's among them"),
  "EC2.10": ENDPOINT,
  "EC2.55": ENDPOINT,
  "EC2.56": ENDPOINT,
  "EC2.57": ENDPOINT,
  "EC2.58": ENDPOINT,
  "EC2.60": ENDPOINT,
  "Glue.3": outside("aws.glue.MLTransform of @pulumi/aws 7 has no input for its encryption"),
  "IAM.28": design(
    "AccountSecurity makes an analyzer of external access in each of its Regions, or is told the one that is there; that one is missing is no property of any resource",
  ),
  "KMS.3": outside("a state of a running key: no input says that a deletion is scheduled"),
  "Lambda.3": outside(
    "it fails functions that need no network, and a network with what they then need costs over 40 a month; functions with a database are in one",
  ),
  "Macie.2": outside(
    "no resource of @pulumi/aws 7 sets it; it is a setting of the whole account, priced by the amount of data in all its buckets",
  ),
  "RDS.4": design("a snapshot of an encrypted cluster is encrypted, and rds-encrypted looks at every cluster"),
  "RDS.14": outside(
    "backtracking costs by change record and takes the whole cluster back; point-in-time recovery is on for every cluster",
  ),
  "RDS.46": design("HardenedDatabase places clusters in isolated subnets, which have no route to an internet gateway"),
  "RDS.47": design("rds-copy-tags looks at every cluster, whatever its engine"),
  "RDS.48": design("rds-copy-tags looks at every cluster, whatever its engine"),
  "S3.20": outside("only the root user can switch MFA delete on, by hand"),
  "S3.25": outside("no directory bucket is made"),
  "SecretsManager.2": outside(
    "whether a rotation succeeds is known when it ran; the administrator's secret is rotated by RDS",
  ),
  "SecretsManager.3": outside("whether a secret is used is known from CloudTrail, not from its inputs"),
  ...Object.fromEntries(["1", "2", "3", "4", "6", "7", "8"].map((id) => [`WAF.${id}`, NO_CLASSIC])),
  ...Object.fromEntries(["4", "5", "6", "8", "9", "18", "22", "26", "27"].map((id) => [`IAM.${id}`, HYGIENE])),
  "Redshift.15": design("security-group-ingress looks at every security group, a cluster's among them"),
};

/** What Security Hub may still say where the pack is silent, by control. */
const NOTES: Readonly<Record<string, string>> = {
  "APIGateway.2": "Security Hub asks it of every stage; a function is called by AWS's own signature",
  "APIGateway.9": "the rule apigateway-stage-access-log asks it of REST stages too, which no control does",
  "CloudFront.7": "a distribution without a domain name of its own does not apply here, and fails in Security Hub",
  "KMS.1": "a permissions boundary grants nothing and does not apply here; Security Hub does not tell it apart",
  "S3.17":
    "asked for where the stack has a key; S3 encrypts every object anyway, and access logs go to a bucket with its key alone",
  "Lambda.5": "two subnets are taken for two zones: no input says which zone a subnet is in",
};

export interface Coverage extends Control {
  status: "enforced" | Uncovered["status"];
  /** The rules, where it is enforced. */
  rules: string[];
  /** Levels in dev and prod, or why no rule. */
  words: string;
}

/**
 * What the pack does about every control.
 *
 * @throws Error for a control that no rule names and that has no reason, and for a reason that a rule made superfluous.
 */
export function coverageOf(rules: readonly Rule[]): Coverage[] {
  const [dev, prod] = [levelsOf("dev"), levelsOf("prod")];
  return CONTROLS.map((control) => {
    const found = rules.filter(({ references }) =>
      references.some(({ framework, id }) => id === control.id && /^(?:FSBP|CIS|AWS)/.test(framework)),
    );
    const uncovered = UNCOVERED[control.id];
    if (found.length > 0 === (uncovered !== undefined)) {
      throw new Error(
        `${control.id}: received ${found.length} rules and ${uncovered ? "a reason" : "no reason"}; allowed: a rule or a reason why there is none`,
      );
    }
    const names = found.map(({ name }) => name);
    const note = NOTES[control.id];
    const levels = names.map((name) =>
      dev[name] === prod[name] ? `${prod[name]}` : `${prod[name]}, in dev ${dev[name]}`,
    );
    const words =
      uncovered?.reason ?? [[...new Set(levels)].join("; "), ...(note === undefined ? [] : [note])].join(". ");
    return { ...control, status: uncovered?.status ?? "enforced", rules: names, words };
  });
}

/** `docs/CONTROLS.md`, generated from the registry. */
export function controlsMarkdown(rules: readonly Rule[]): string {
  const coverage = coverageOf(rules);
  const count = (status: Coverage["status"]) => coverage.filter((each) => each.status === status).length;
  const rows = coverage.map(({ id, service, standards, title, status, rules: names, words }) => [
    id,
    service,
    standards,
    title.replaceAll("*", "\\*"),
    status,
    names.map((name) => `\`${name}\``).join(" "),
    words,
  ]);
  const outsideStandards = rules.filter(({ name }) => !coverage.some((each) => each.rules.includes(name)));
  return [
    "# Controls",
    "",
    "What the policy pack does about each control of AWS Security Hub that an API of this kind, its data and its account can meet:",
    "Foundational Security Best Practices, the CIS AWS Foundations Benchmark, and those that are in neither (AWS).",
    "",
    `${coverage.length} controls: ${count("enforced")} enforced by a rule, ${count("declared by design")} declared by design (what the components make meets it, and no input`,
    `shows it), ${count("out of scope")} out of scope. Generated from \`packages/policy-pack/src/controls.ts\` and \`coverage.ts\` by`,
    "`pnpm --filter @palisade/policy-pack rules`; a test compares it.",
    "",
    ...padded([["control", "service", "standard", "what it asks for", "status", "rules", "level, or why"], ...rows]),
    "",
    "## What no control looks at",
    "",
    `${outsideStandards.length} rules are about what the standards miss: ${outsideStandards.map(({ name }) => `\`${name}\``).join(", ")}.`,
    "",
  ].join("\n");
}
