import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  GetFunctionCommand,
  LambdaClient,
  ListAliasesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { bundleEntry } from "@palisade/functions/bundle";
import { type AwsAnswer, type AwsSessionSettings, awsRecorder } from "./aws-session.ts";
import { functionOf, type RunningStage } from "./stage.ts";

const REPLACED_CODE = join(import.meta.dirname, "replaced-code.ts");
const TEAM_TAG = "palisade:team";

/** Somebody with the credentials of a team's developers: the team itself, or who stole them. */
export interface Developer {
  /** Puts the attacker's code into a function, and lets the function's aliases follow. */
  replaceCode(target: string): Promise<AwsAnswer<void>>;
  /** Deploys a function's own code again: the bytes that are deployed, signed where the stage asks for it. */
  deployOwnCode(target: string): Promise<AwsAnswer<void>>;
  /** Makes a function another team's. */
  retag(target: string, team: string): Promise<AwsAnswer<void>>;
  /** Whose a function is, by its tag. */
  teamOf(target: string): Promise<string | undefined>;
  /** Puts back what was changed, as the account's administrator. */
  close(): Promise<void>;
}

/** Signs in as a developer of a team, with the role that the stage made for the team. */
export async function developerOf(stage: RunningStage, team: string, settings: AwsSessionSettings): Promise<Developer> {
  const RoleArn = stage.outputs.teamRoleArns?.[team];
  if (RoleArn === undefined) throw new Error(`the outputs of ${stage.stage} name no role of the team ${team}`);
  const { Credentials } = await stage.clients.sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "developer" }),
  );
  const lambda = new LambdaClient({
    endpoint: settings.emulatorUrl,
    region: settings.region,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    },
    maxAttempts: 1,
  });
  const call = awsRecorder(`a developer of the team ${team}`, settings);
  const admin = stage.clients.lambda;
  const undo: (() => Promise<unknown>)[] = [];
  const nameOf = (target: string) => functionOf(stage, target).functionName;

  const codeOf = async (target: string): Promise<Uint8Array> => {
    const { Code } = await admin.send(new GetFunctionCommand({ FunctionName: nameOf(target) }));
    const answer = await fetch(Code?.Location ?? "");
    if (!answer.ok) throw new Error(`the code of ${target} could not be read: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const deploy = async (target: string, ZipFile: Uint8Array): Promise<AwsAnswer<void>> => {
    const FunctionName = nameOf(target);
    const before = await codeOf(target);
    const { Aliases = [] } = await admin.send(new ListAliasesCommand({ FunctionName }));
    const published = await call("lambda:UpdateFunctionCode", target, async () => {
      const { Version } = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
      return Version;
    });
    if (!published.ok) return published;
    undo.push(() => admin.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: before })));
    for (const { Name, FunctionVersion } of Aliases) {
      const moved = await call("lambda:UpdateAlias", target, async () => {
        await lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: published.value }));
      });
      if (!moved.ok) return moved;
      undo.push(() => admin.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion })));
    }
    return { ok: true, value: undefined };
  };
  const tagsOf = async (target: string) => {
    const { Configuration, Tags } = await admin.send(new GetFunctionCommand({ FunctionName: nameOf(target) }));
    return { Resource: Configuration?.FunctionArn, team: Tags?.[TEAM_TAG] };
  };
  return {
    replaceCode: async (target) => {
      const path = await bundleEntry(REPLACED_CODE, "replaced-code", { outDir: stage.bundleDirectory });
      return await deploy(target, await readFile(path));
    },
    deployOwnCode: async (target) => await deploy(target, await codeOf(target)),
    retag: async (target, other) => {
      const { Resource, team: before } = await tagsOf(target);
      const tagged = await call("lambda:TagResource", `${target} ${TEAM_TAG}=${other}`, async () => {
        await lambda.send(new TagResourceCommand({ Resource, Tags: { [TEAM_TAG]: other } }));
      });
      undo.push(() =>
        before === undefined
          ? admin.send(new UntagResourceCommand({ Resource, TagKeys: [TEAM_TAG] }))
          : admin.send(new TagResourceCommand({ Resource, Tags: { [TEAM_TAG]: before } })),
      );
      return tagged;
    },
    teamOf: async (target) => (await tagsOf(target)).team,
    close: async () => {
      lambda.destroy();
      for (const one of undo.splice(0).toReversed()) await one();
    },
  };
}
