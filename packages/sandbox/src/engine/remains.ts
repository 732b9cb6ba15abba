import { GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeVpcEndpointsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { DescribeDBClustersCommand } from "@aws-sdk/client-rds";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { ListWebACLsCommand } from "@aws-sdk/client-wafv2";
import type { AwsClients } from "../clients.ts";

type Names = (string | undefined)[];

/** What each service of the emulator holds, by its name. Keys of KMS are not here: AWS deletes one after a week at the earliest. */
const SERVICES: Record<string, (clients: AwsClients) => Promise<Names>> = {
  "REST APIs": async ({ apiGateway }) => names((await apiGateway.send(new GetRestApisCommand({}))).items, "name"),
  "log groups": async ({ logs }) =>
    names((await logs.send(new DescribeLogGroupsCommand({}))).logGroups, "logGroupName"),
  "user pools": async ({ cognito }) =>
    names((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools, "Name"),
  tables: async ({ dynamodb }) => (await dynamodb.send(new ListTablesCommand({}))).TableNames ?? [],
  "networks but the default one": async ({ ec2 }) =>
    names(
      (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.filter(({ IsDefault }) => IsDefault !== true),
      "VpcId",
    ),
  "endpoints of networks": async ({ ec2 }) =>
    names(
      (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.filter(
        ({ State }) => String(State).toLowerCase() !== "deleted",
      ),
      "VpcEndpointId",
    ),
  "event rules": async ({ eventBridge }) => names((await eventBridge.send(new ListRulesCommand({}))).Rules, "Name"),
  roles: async ({ iam }) =>
    names(
      (await iam.send(new ListRolesCommand({}))).Roles?.filter(({ Path }) => !Path?.startsWith("/aws-service-role/")),
      "RoleName",
    ),
  policies: async ({ iam }) =>
    names((await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies, "PolicyName"),
  functions: async ({ lambda }) => names((await lambda.send(new ListFunctionsCommand({}))).Functions, "FunctionName"),
  "database clusters": async ({ rds }) =>
    names((await rds.send(new DescribeDBClustersCommand({}))).DBClusters, "DBClusterIdentifier"),
  buckets: async ({ s3 }) => names((await s3.send(new ListBucketsCommand({}))).Buckets, "Name"),
  secrets: async ({ secretsManager }) =>
    names((await secretsManager.send(new ListSecretsCommand({}))).SecretList, "Name"),
  topics: async ({ sns }) => names((await sns.send(new ListTopicsCommand({}))).Topics, "TopicArn"),
  queues: async ({ sqs }) => (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [],
  "web ACLs": async ({ wafv2 }) =>
    names((await wafv2.send(new ListWebACLsCommand({ Scope: "REGIONAL" }))).WebACLs, "Name"),
};

function names<T>(items: T[] | undefined, key: keyof T): Names {
  return (items ?? []).map((item) => item[key] as string | undefined);
}

/**
 * What is on the emulator, each as `service: name`, sorted.
 *
 * @throws What a service answers when it cannot be asked: what was not looked at does not count as empty.
 */
export async function inventory(clients: AwsClients): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(SERVICES).map(async ([service, list]) =>
      (await list(clients)).map((name) => `${service}: ${name ?? "?"}`),
    ),
  );
  return found.flat().sort();
}
