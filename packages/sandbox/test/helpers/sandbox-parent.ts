/** A process that starts a sandbox with a running function, says its folder, and waits to be killed. */
import { InvokeCommand } from "@aws-sdk/client-lambda";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { startSandbox } from "../../src/index.ts";

const sandbox = await startSandbox();
const { outputs } = await sandbox.provision({
  stage: "crash",
  program: () => {
    const role = new aws.iam.Role("crash", { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
    const fn = new aws.lambda.Function("crash", {
      role: role.arn,
      runtime: "nodejs24.x",
      handler: "index.handler",
      timeout: 900,
      code: new pulumi.asset.AssetArchive({
        "index.mjs": new pulumi.asset.StringAsset(
          'import { spawn } from "node:child_process";\n' +
            'spawn("sleep", ["600"]);\n' +
            "export const handler = async () => 1;",
        ),
      }),
    });
    return { name: fn.name };
  },
});
await sandbox.clients.lambda.send(new InvokeCommand({ FunctionName: outputs.name }));
process.stdout.write(`${sandbox.directory}\n`);
setInterval(() => {}, 1000);
