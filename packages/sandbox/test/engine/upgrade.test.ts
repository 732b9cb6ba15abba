import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import program from "@palisade/stacks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stackConfig } from "../../src/engine/command.ts";
import { findPulumi } from "../../src/engine/pulumi-cli.ts";
import { previewUpgrade, type Upgrade } from "../../src/engine/upgrade.ts";
import { labDirectory } from "../../src/paths.ts";
import { handlers } from "../../src/resources/index.ts";
import { sandboxName } from "../../src/stale.ts";

/** As in deployments.test.ts: the CLI is looked for and not built; `.ci/run` asks for it when it is there. */
const required = process.env.PALISADE_ENGINE_TESTS === "required";
const pulumi = await findPulumi({
  cache: labDirectory,
  run: () => Promise.reject(new Error("not to be built here")),
}).catch((error: Error) => error);
const missing = pulumi instanceof Error && !required;

const path = process.env.PATH;
let directory: string;
beforeEach(() => {
  directory = join(labDirectory, sandboxName());
});
afterEach(async () => {
  process.env.PATH = path;
  await rm(directory, { recursive: true, force: true });
});

/** Previews today's `dev` on the state that an earlier commit's `dev` had after `pulumi up` (states/README.md says how it was written). */
async function upgradeFrom(commit: string): Promise<Upgrade> {
  if (pulumi instanceof Error) throw pulumi;
  process.env.PATH = [dirname(pulumi), path].join(delimiter);
  const state = JSON.parse(
    gunzipSync(readFileSync(join(import.meta.dirname, "states", `dev-${commit}.json.gz`))).toString("utf8"),
  );
  const config = await stackConfig(join(import.meta.dirname, "../../../../stacks"), "dev");
  return previewUpgrade({
    stage: "dev",
    state,
    program: async () => ({ ...(await program()) }),
    config,
    handlers,
    directory,
  });
}

/**
 * What is replaced because that is what it is for: a deployment is one state of the API, made before the stage moves to it and the old one
 * goes; an invocation is one run of the migrations, and nothing in AWS.
 */
const RUNS = [
  "aws:apigateway/deployment:Deployment api-deployment",
  "aws:lambda/invocation:Invocation migration-invocation",
];

function replacements({ replaced }: Upgrade): string[] {
  return replaced.filter((resource) => !RUNS.includes(resource));
}

test.skipIf(missing)(
  "a stage of an earlier release is upgraded without a replacement: each of its resources is kept, by its name or an alias",
  async () => {
    const upgrade = await upgradeFrom("24f612f");
    expect(replacements(upgrade)).toEqual([]);
    expect(upgrade.deleted).toEqual([]);
    expect(upgrade.deletedFirst).toEqual([]);
    // 202 of AWS's own and the components that hold them: the whole stage.
    expect(upgrade.same + upgrade.updated).toBeGreaterThan(190);
  },
  120_000,
);

/**
 * Before its functions had teams. IAM keeps a role's path for its life, and a team's roles are known by their path, so these are made anew: the
 * new role and its policies, then the function takes it, then the old ones go (CHANGELOG.md, Upgrading).
 */
const TEAMS_FUNCTIONS = ["admin", "carts", "catalog", "order-import", "orders", "partners", "receipt", "session"];

test.skipIf(missing)(
  "a stage from before the teams has the roles of the teams' functions made anew, and nothing else",
  async () => {
    const upgrade = await upgradeFrom("d9d5343");
    const replaced = replacements(upgrade);
    expect(replaced.filter((resource) => resource.startsWith("aws:iam/role:Role "))).toEqual(
      TEAMS_FUNCTIONS.map((name) => `aws:iam/role:Role ${name}-role`),
    );
    const policy = new RegExp(`^aws:iam/rolePolicy:RolePolicy (${TEAMS_FUNCTIONS.join("|")})-`);
    expect(replaced.filter((resource) => !resource.startsWith("aws:iam/role:Role ") && !policy.test(resource))).toEqual(
      [],
    );
    expect(upgrade.deleted).toEqual([]);
    expect(upgrade.deletedFirst).toEqual([]);
  },
  120_000,
);
