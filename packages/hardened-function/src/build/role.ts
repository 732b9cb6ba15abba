import { allowDocument, childName, denyDocument, type PolicyStatement, parseArn, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings.ts";
import { type Tags, teamRolePath } from "../tags.ts";

const COMPONENT = "HardenedFunction";

/**
 * What Lambda needs to attach a function to a VPC, and no more.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
const NETWORK_ACTIONS = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** What sending to each kind of failure destination is called. `settings.ts` accepts ARNs of these services only. */
const SEND_ACTIONS = [
  { service: "sqs", action: "sqs:SendMessage" },
  { service: "sns", action: "sns:Publish" },
  { service: "lambda", action: "lambda:InvokeFunction" },
  { service: "events", action: "events:PutEvents" },
];

/** What the role is built from, beside the settings. */
export interface RoleParts {
  /** The caller's statements as a policy; undefined when there are none. */
  statementsPolicy: pulumi.Output<string> | undefined;
  logGroup: aws.cloudwatch.LogGroup;
  tags: Tags;
}

/** The role, and the policies that must be there before the function is. */
export interface FunctionRole {
  role: aws.iam.Role;
  policies: aws.iam.RolePolicy[];
}

/**
 * The function's own role. Two inline policies, so that a reader sees at once what the owner asked for and what every function
 * has: `<name>-statements` holds the caller's statements as they are, `<name>-runtime` what Lambda itself needs.
 */
export function createRole(
  name: string,
  settings: Settings,
  parts: RoleParts,
  opts: pulumi.CustomResourceOptions,
): FunctionRole {
  const caller = aws.getCallerIdentityOutput({}, { parent: opts.parent });
  const role = new aws.iam.Role(
    childName(name, "role"),
    {
      // Lambda sends the account for which it acts: no other account's function can be given this role.
      assumeRolePolicy: trustDocument({ service: "lambda.amazonaws.com", sourceAccount: caller.accountId }),
      permissionsBoundary: settings.permissionsBoundaryArn,
      // IAM cannot be told by a role's tag who may pass it, so a team's roles are told by their path.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
      path: settings.team === undefined ? undefined : teamRolePath(settings.team),
      tags: parts.tags,
    },
    opts,
  );
  const runtimePolicy = allowDocument(runtimeStatements(settings, parts.logGroup), {
    component: COMPONENT,
    name,
    property: "runtime",
  });
  const runtime = new aws.iam.RolePolicy(childName(name, "runtime"), { role: role.id, policy: runtimePolicy }, opts);
  if (parts.statementsPolicy === undefined) return { role, policies: [runtime] };
  const statements = new aws.iam.RolePolicy(
    childName(name, "statements"),
    { role: role.id, policy: parts.statementsPolicy },
    opts,
  );
  return { role, policies: [runtime, statements] };
}

function runtimeStatements(settings: Settings, logGroup: aws.cloudwatch.LogGroup): PolicyStatement[] {
  const statements: PolicyStatement[] = [
    {
      sid: "OwnLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [pulumi.interpolate`${logGroup.arn}:log-stream:*`],
      wildcardReason: "Lambda names the log streams itself; the group is the function's own",
    },
    {
      sid: "Traces",
      actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      resources: ["*"],
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
      wildcardReason: "neither action has a resource type, so IAM accepts only a star",
    },
  ];
  if (settings.network !== undefined) {
    statements.push({
      sid: "NetworkInterfaces",
      actions: NETWORK_ACTIONS,
      resources: ["*"],
      wildcardReason: "the describe actions have no resource type, and the interfaces do not exist yet",
    });
  }
  return statements;
}

/** The caller's statements as a policy, checked; undefined when there are none. */
export function statementsPolicy(name: string, statements: PolicyStatement[]): pulumi.Output<string> | undefined {
  return statements.length === 0 ? undefined : allowDocument(statements, { component: COMPONENT, name });
}

/**
 * Keeps the function's code from using the permissions that Lambda needs for network interfaces. Only calls that come out of the
 * execution environment carry the function's ARN, so Lambda's own calls are not denied.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
 */
export function denyNetworkToCode(
  name: string,
  role: aws.iam.Role,
  functionArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  const policy = denyDocument(
    [
      {
        sid: "NetworkInterfacesNotFromCode",
        actions: NETWORK_ACTIONS,
        resources: ["*"],
        conditions: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
      },
    ],
    { component: COMPONENT, name, property: "network" },
  );
  return new aws.iam.RolePolicy(childName(name, "network-denial"), { role: role.id, policy }, opts);
}

/**
 * Lets Lambda decrypt the function's environment variables as the role, and nothing else with the key, which others use, too: Lambda
 * gives the function's ARN as the encryption context. It cannot be a part of the role's first policies, since the function has no
 * name before it exists. A version's ARN is the function's with a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function allowOwnKey(
  name: string,
  role: aws.iam.Role,
  kmsKeyArn: pulumi.Input<string>,
  functionArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  const context = "kms:EncryptionContext:aws:lambda:FunctionArn";
  const policy = allowDocument(
    [
      {
        sid: "OwnEnvironment",
        actions: ["kms:Decrypt"],
        resources: [kmsKeyArn],
        conditions: { StringLike: { [context]: [functionArn, pulumi.interpolate`${functionArn}:*`] } },
      },
    ],
    { component: COMPONENT, name, property: "kmsKeyArn" },
  );
  return new aws.iam.RolePolicy(childName(name, "own-key"), { role: role.id, policy }, opts);
}

/** Lets the role send failed events to their destination, whose kind is read from its ARN. */
export function allowFailureDestination(
  name: string,
  role: aws.iam.Role,
  destinationArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  const policy = pulumi.output(destinationArn).apply((arn) => {
    const actions = SEND_ACTIONS.filter(({ service }) => service === parseArn(arn).service).map(({ action }) => action);
    const owner = { component: COMPONENT, name, property: "failureDestinationArn" };
    return allowDocument([{ sid: "FailureDestination", actions, resources: [arn] }], owner);
  });
  return new aws.iam.RolePolicy(childName(name, "failure-destination"), { role: role.id, policy }, opts);
}
