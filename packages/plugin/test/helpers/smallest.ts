import { resolve } from "node:path";

/** How an archive of one text is written on the wire (github.com/pulumi/pulumi, sdk/nodejs/runtime/rpc.ts). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** An output of another resource that a preview does not know yet. */
export const UNKNOWN_OUTPUT = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", dependencies: [] };
const CODE = {
  [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7",
  assets: {
    "index.mjs": { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "export const handler = async () => ({});" },
  },
};

const LAMBDA = "arn:aws:lambda:eu-central-1:111122223333:function:decide";
const FUNCTION = {
  functionName: "decide",
  functionArn: LAMBDA,
  invokeArn: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${LAMBDA}/invocations`,
};
const SIEM_FUNCTION = {
  functionName: "ocsf",
  functionArn: LAMBDA,
  qualifier: "live",
  roleName: "ocsf-role",
  roleArn: "arn:aws:iam::111122223333:role/ocsf-role",
  logGroupName: "/palisade/ocsf",
};
const QUEUE = {
  queueArn: "arn:aws:sqs:eu-central-1:111122223333:findings",
  queueName: "findings",
  deadLetterQueueArn: "arn:aws:sqs:eu-central-1:111122223333:dead",
  deadLetterQueueName: "dead",
};
const CHANNEL = {
  ...QUEUE,
  topicArn: "arn:aws:sns:eu-central-1:111122223333:findings",
  tableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/findings",
  tableName: "findings",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
};
const POOL = {
  userPoolId: "eu-central-1_pool",
  userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_pool",
  clientIds: ["client"],
};
const CONTRACT = {
  openapi: "3.0.3",
  info: { title: "Notes", version: "1.0.0" },
  security: [{ bearer: [] }],
  paths: {
    "/notes": {
      get: {
        operationId: "listNotes",
        "x-palisade-groups": ["reader"],
        responses: { 200: { description: "The notes" } },
      },
    },
  },
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
};
const POLICY =
  'permit (principal in Palisade::Role::"{userPool}|reader", action == Palisade::Action::"listNotes", resource is Palisade::Api);';

/** The least that each component is constructed with, as the engine sends it: what a program in another language writes. */
export const SMALLEST: Record<string, Record<string, unknown>> = {
  AccountSecurity: {},
  AnalyticsPipeline: { apiAccessLog: { logGroupName: "access" } },
  AuditTrail: {},
  CodeSigning: {},
  DatabaseMigration: { function: FUNCTION, version: "1" },
  EdgeFirewall: {},
  FindingChannel: {},
  FindingResponse: { plan: QUEUE, responder: FUNCTION, alarmTopicArn: CHANNEL.topicArn },
  HardenedDatabase: { databaseName: "shop" },
  HardenedFunction: { code: CODE },
  IdempotencyTable: {},
  PolicyStore: { apiDocument: CONTRACT, policies: { "readers.cedar": POLICY }, userPool: POOL },
  ResponsePlan: { channel: CHANNEL, notifier: FUNCTION, quarantine: { functionArns: [LAMBDA] } },
  RevocationTable: {},
  SecureGateway: { apiDocument: CONTRACT, functions: { listNotes: FUNCTION }, authorizer: { function: FUNCTION } },
  SharedAuthorizer: {
    function: FUNCTION,
    apiArns: ["arn:aws:execute-api:eu-central-1:444455556666:abcdef1234"],
  },
  Siem: {
    transform: SIEM_FUNCTION,
    setup: SIEM_FUNCTION,
    network: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] },
  },
  TeamAccess: { teams: ["orders"], trustedPrincipalArns: ["arn:aws:iam::111122223333:role/sso"] },
  ThreatDetection: { channel: CHANNEL, notifier: FUNCTION },
  ThreatSimulator: { detectorId: "detector", allowSimulation: "the team rehearses what it does about a finding" },
  UserPool: {},
  WebFrontend: {
    folder: resolve(import.meta.dirname, "../../../../examples/page/site"),
    domain: {
      name: "shop.example.com",
      certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    },
    webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/page/1",
  },
};
