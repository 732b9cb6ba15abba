import type { NetworkPlacement, PolicyStatement } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import type { CodeSigningRef } from "./code-signing/args.ts";

/** The options of a HardenedFunction. Only `code` is required. */
export interface HardenedFunctionArgs {
  /**
   * The function's code: an archive with the bundle and nothing else. A change of its bytes publishes a new version and moves the
   * alias to it.
   *
   * @example
   * { code: new pulumi.asset.FileArchive("./orders.zip") }
   */
  code: pulumi.asset.Archive;
  /**
   * What Lambda calls: file, dot, exported name. Default: `index.handler`, which is what our bundler makes.
   *
   * @default "index.handler"
   * @example
   * { code, handler: "main.handle" }
   */
  handler?: pulumi.Input<string>;
  /**
   * What the function is for, shown in the console; at most 256 characters. Default: none.
   *
   * @default - none
   * @example
   * { code, description: "Places, reads and cancels orders" }
   */
  description?: pulumi.Input<string>;
  /**
   * Environment variables, at most 4096 bytes in all. The names must be literals. A secret is refused: a name that reads like one
   * (`DB_PASSWORD`), a value that a secret scanner would report, or a secret Output. Give the ARN of a Secrets Manager secret, or
   * the ARN or path of a Parameter Store parameter, and read the value in the function. Default: none.
   *
   * @default - none
   * @example
   * { code, environment: { TABLE: table.name, PARTNER_SECRET: secret.arn } }
   */
  environment?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables that look like secrets and are none: the variable's name, and the reason as a sentence. Each lowers the
   * floor for that one variable, and becomes the tag `palisade:lowered:plain-environment-<name>` of the function, which the policy
   * pack reports. Must be a literal. Default: none.
   *
   * @default - none
   * @example
   * { code, environment: { BUILD_DIGEST: digest }, plainEnvironmentReasons: { BUILD_DIGEST: "a public digest of the build" } }
   */
  plainEnvironmentReasons?: Record<string, string>;
  /**
   * What the function may do, beside writing to its own log group and sending traces. A wildcard in an action or a resource is
   * refused, unless the statement says why in `wildcardReason`, which becomes a tag of the role. The list must be a literal, the
   * resources may be Outputs. Default: nothing.
   *
   * @default - nothing
   * @example
   * { code, statements: [{ sid: "Orders", actions: ["dynamodb:GetItem"], resources: [table.arn] }] }
   */
  statements?: PolicyStatement[];
  /**
   * Memory in mebibytes, from 128 to 10240; CPU comes in proportion. Default: 512.
   *
   * @default 512
   * @example
   * { code, memoryMegabytes: 1024 }
   */
  memoryMegabytes?: pulumi.Input<number>;
  /**
   * Seconds until Lambda ends a call, from 1 to 900. Behind API Gateway more than 29 is never reached. Default: 10.
   *
   * @default 10
   * @example
   * { code, timeoutSeconds: 25 }
   */
  timeoutSeconds?: pulumi.Input<number>;
  /**
   * The VPC placement. With it the role may manage network interfaces, as AWS requires, and the function's own code may not. Whether
   * it is given must be known when the program runs. Without it the function reaches AWS's public endpoints only. Default: none.
   *
   * @default - no VPC
   * @example
   * { code, network: { subnetIds: vpc.isolatedSubnetIds, securityGroupIds: [clients.id] } }
   */
  network?: NetworkPlacement;
  /**
   * Days that log records are kept, one of the numbers that CloudWatch Logs accepts. Default: 365, the least that Security Hub's
   * control CloudWatch.16 passes.
   *
   * @default 365
   * @example
   * { code, logRetentionDays: 30 }
   */
  logRetentionDays?: pulumi.Input<number>;
  /**
   * The ARN of a KMS key for the log group and the environment variables. Its key policy must let the CloudWatch Logs service of
   * the region use it. Whether it is given must be known when the program runs. Default: keys that AWS owns, which cost nothing; a
   * key of one's own costs about a dollar a month, so none is made per function.
   *
   * @default - encryption with keys that AWS owns
   * @example
   * { code, kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * How many calls may run at once, at least 1, taken out of what the account has. A new account has 10 in all and refuses to give
   * any away, hence the default: none reserved, the function shares the account's.
   *
   * @default - none reserved
   * @example
   * { code, reservedConcurrency: 20 }
   */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * The ARN of an SQS queue, an SNS topic, a Lambda function or an EventBridge bus that receives the events of asynchronous calls
   * that failed for good. The role may then send to it. It does nothing for a function that is only called synchronously, as API
   * Gateway does. Whether it is given must be known when the program runs. Default: none, failed events are dropped.
   *
   * @default - none
   * @example
   * { code, failureDestinationArn: queue.arn }
   */
  failureDestinationArn?: pulumi.Input<string>;
  /**
   * How often Lambda tries a failed asynchronous call again, from 0 to 2. Used only with `failureDestinationArn`. Default: 2.
   *
   * @default 2
   * @example
   * { code, failureDestinationArn: queue.arn, maximumRetryAttempts: 0 }
   */
  maximumRetryAttempts?: pulumi.Input<number>;
  /**
   * The ARN of the policy that bounds what the role can ever do. Default: none.
   *
   * @default - none
   * @example
   * { code, permissionsBoundaryArn: boundary.arn }
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Where the code is signed and who must have signed it: a `CodeSigning`, or its three outputs. The code is uploaded, signed by
   * Signer and deployed from the signed object; Lambda refuses any other. Whether it is given must be known when the program runs.
   * Default: none, the code is deployed as it is.
   *
   * @default - none
   * @example
   * { code, codeSigning: signing }
   */
  codeSigning?: CodeSigningRef;
  /**
   * The ARN of a code signing configuration, for code that was signed before: `code` must then be the signed zip. With one whose
   * policy is `Enforce`, Lambda refuses code that is not signed by its publishers. Not together with `codeSigning`. Default: none.
   *
   * @default - none
   * @example
   * { code: signedZip, codeSigningConfigArn: signing.arn }
   */
  codeSigningConfigArn?: pulumi.Input<string>;
  /**
   * Whose function it is: a lower-case letter, then at most 31 lower-case letters, digits and hyphens. It becomes the tag
   * `palisade:team`, by which `TeamAccess` lets a team change its own functions only, and the path of the role, which the team may
   * pass: it needs a `permissionsBoundaryArn`. Must be a literal. Default: none, no team may change it.
   *
   * @default - none
   * @example
   * { code, team: "orders", permissionsBoundaryArn: teams.functionBoundaryArn }
   */
  team?: string;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { code, teamTags: { team: "orders", "cost-center": "1234" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}
