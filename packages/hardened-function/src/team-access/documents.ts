import {
  type AwsPlace,
  allowDocument,
  arnIn,
  denyDocument,
  type LoweredFloor,
  type PolicyOwner,
  type PolicyStatement,
  wildcardFloors,
} from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { TEAM_TAG } from "../tags.ts";

/** The team of who makes the call, as IAM fills it in: empty for nobody's, and then equal to no tag. */
const OWN_TEAM = `\${aws:PrincipalTag/${TEAM_TAG}}`;

/**
 * What a team may do with its own functions. Each has the resource type `function`, whose tags IAM knows as `aws:ResourceTag`.
 * Not here: who may call (`AddPermission`, function URLs), creation and deletion, tags and code signing, which are the platform's.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export const OWN_FUNCTION_WRITES = [
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:PublishVersion",
  "lambda:CreateAlias",
  "lambda:UpdateAlias",
  "lambda:PutFunctionConcurrency",
  "lambda:DeleteFunctionConcurrency",
  "lambda:PutFunctionEventInvokeConfig",
  "lambda:UpdateFunctionEventInvokeConfig",
  "lambda:InvokeFunction",
];
/** Reading shows the environment, so that it too is of one's own functions only. */
const OWN_FUNCTION_READS = [
  "lambda:GetFunction",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionConcurrency",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetAlias",
  "lambda:GetPolicy",
  "lambda:ListAliases",
  "lambda:ListVersionsByFunction",
  "lambda:ListTags",
];
/** Names and settings of the account, which have no resource type. */
const LISTS = ["lambda:ListFunctions", "lambda:GetAccountSettings"];

/** What would let a team out of its bounds, whatever another policy of the role says some day. */
const IDENTITY_CHANGES = [
  ...["iam:Add*", "iam:Attach*", "iam:Create*", "iam:Deactivate*", "iam:Delete*", "iam:Detach*", "iam:Enable*"],
  ...["iam:Put*", "iam:Remove*", "iam:Set*", "iam:Tag*", "iam:Untag*", "iam:Update*", "iam:Upload*"],
  ...["organizations:*", "account:*", "sts:TagSession", "sts:AssumeRole"],
];
const TRUST_CHANGES = [
  ...["lambda:CreateCodeSigningConfig", "lambda:UpdateCodeSigningConfig", "lambda:DeleteCodeSigningConfig"],
  ...["lambda:PutFunctionCodeSigningConfig", "lambda:DeleteFunctionCodeSigningConfig", "signer:*"],
  ...["lambda:AddPermission", "lambda:RemovePermission", "lambda:CreateFunctionUrlConfig"],
  ...["lambda:UpdateFunctionUrlConfig", "lambda:CreateFunction", "lambda:DeleteFunction"],
];

/** What a function may do at most. */
const FUNCTION_SID = "WhatFunctionsDo";

/** What the documents are made for. */
export interface DocumentParts {
  place: AwsPlace;
  codeBucketArn: pulumi.Input<string> | undefined;
  owner: PolicyOwner;
}

/** A policy, and the reasons of its wildcards, which become its tags. */
export interface TeamDocument {
  document: pulumi.Output<string>;
  lowered: LoweredFloor[];
}

/** The policy of every team: the same text, which the tag of the role fills in. */
export function developerDocument(parts: DocumentParts): TeamDocument {
  const statements = permitted(parts);
  return { document: allowDocument(statements, parts.owner), lowered: wildcardFloors(statements) };
}

/** The boundary of every team's role: what it may do at most, and what no further policy can allow it. */
export function boundaryDocument(parts: DocumentParts): TeamDocument {
  const { place, owner } = parts;
  const everyFunction = [arnIn(place, "lambda", "function:*")];
  const denied: PolicyStatement[] = [
    {
      sid: "OtherTeams",
      actions: [...OWN_FUNCTION_WRITES, ...OWN_FUNCTION_READS],
      resources: everyFunction,
      // A function without the tag is no team's: a negated operator holds where the key is missing.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
      conditions: { StringNotEquals: { [`aws:ResourceTag/${TEAM_TAG}`]: OWN_TEAM } },
    },
    {
      sid: "Tags",
      actions: ["lambda:TagResource", "lambda:UntagResource", "tag:TagResources", "tag:UntagResources"],
      resources: ["*"],
    },
    { sid: "Trust", actions: TRUST_CHANGES, resources: ["*"] },
    { sid: "Identity", actions: IDENTITY_CHANGES, resources: ["*"] },
  ];
  const allowed = permitted(parts);
  return {
    document: both(allowDocument(allowed, owner), denyDocument(denied, owner)),
    lowered: wildcardFloors(allowed),
  };
}

/**
 * The boundary of every function's role: what functions of this kind do, and nothing that changes identities, code or what guards
 * them. What of it a function may do is its own statements' to say.
 */
export function functionBoundaryDocument({ owner }: DocumentParts): TeamDocument {
  const allowed: PolicyStatement[] = [
    {
      sid: FUNCTION_SID,
      actions: [
        ...["logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        ...["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
        ...["ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
        ...["rds-db:connect", "rds-data:ExecuteStatement", "rds-data:BatchExecuteStatement"],
        ...["rds-data:BeginTransaction", "rds-data:CommitTransaction", "rds-data:RollbackTransaction"],
        ...["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        ...["dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:Query"],
        ...["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminRespondToAuthChallenge", "cognito-idp:AdminGetUser"],
        ...["cognito-idp:AdminUserGlobalSignOut", "cognito-idp:AdminListGroupsForUser", "cognito-idp:RevokeToken"],
        ...["cognito-idp:AdminUpdateAuthEventFeedback", "cognito-idp:GetTokensFromRefreshToken"],
        ...["verifiedpermissions:IsAuthorized", "verifiedpermissions:IsAuthorizedWithToken"],
        ...["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
        ...["kms:Decrypt", "kms:GenerateDataKey"],
        // Through DynamoDB, where a table has a customer's key.
        ...["kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:DescribeKey", "kms:CreateGrant"],
        ...["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket"],
        ...["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sns:Publish"],
        ...["events:PutEvents", "lambda:InvokeFunction", "execute-api:Invoke", "cloudwatch:PutMetricData"],
      ],
      resources: ["*"],
      wildcardReason: "a boundary is the most that any function may do; each role's own statements name the resources",
    },
  ];
  return { document: allowDocument(allowed, owner), lowered: wildcardFloors(allowed) };
}

function permitted({ place, codeBucketArn }: DocumentParts): PolicyStatement[] {
  const own = { StringEquals: { [`aws:ResourceTag/${TEAM_TAG}`]: OWN_TEAM } };
  const roles = pulumi.interpolate`arn:${place.partition}:iam::${place.accountId}:role/palisade/team/${OWN_TEAM}/*`;
  const statements: PolicyStatement[] = [
    {
      sid: "OwnFunctions",
      actions: [...OWN_FUNCTION_WRITES, ...OWN_FUNCTION_READS],
      resources: [arnIn(place, "lambda", "function:*")],
      conditions: own,
      wildcardReason: "the functions are told by their tag, so that a new one needs no change here",
    },
    {
      sid: "Lists",
      actions: LISTS,
      resources: ["*"],
      wildcardReason: "neither action has a resource type, so IAM accepts only a star",
    },
    {
      sid: "PassOwnRoles",
      actions: ["iam:PassRole"],
      resources: [roles],
      conditions: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      wildcardReason: "the path is that of the team's own roles, each with its boundary; IAM names them",
    },
  ];
  if (codeBucketArn !== undefined) {
    statements.push(
      {
        sid: "UploadCode",
        actions: ["s3:PutObject"],
        resources: [pulumi.interpolate`${codeBucketArn}/unsigned/${OWN_TEAM}/*`],
        wildcardReason: "the objects below the team's own prefix",
      },
      {
        sid: "ReadSignedCode",
        actions: ["s3:GetObject"],
        resources: [pulumi.interpolate`${codeBucketArn}/signed/${OWN_TEAM}/*`],
        wildcardReason: "the objects below the team's own prefix, which Signer names",
      },
    );
  }
  return statements;
}

/** Two documents as one: an explicit denial wins wherever it stands. */
function both(one: pulumi.Output<string>, other: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.all([one, other]).apply((texts) => {
    const documents = texts.map((text) => JSON.parse(text) as { Version: string; Statement: object[] });
    return JSON.stringify({ ...documents[0], Statement: documents.flatMap(({ Statement }) => Statement) });
  });
}
