import type { RunningStage } from "../src/stage.ts";

/** A command of the AWS SDK as a fake client sees it. */
export interface FakeCommand {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

export interface FakeStage extends RunningStage {
  readonly commands: FakeCommand[];
  readonly statements: string[];
  /** Times that the web ACL or the gateway was read anew. */
  readonly reloads: number[];
  /** Times that the gateway's cache was emptied. */
  readonly flushes: number[];
}

/** What a fake stage answers: to commands by name, and to SQL. */
export interface FakeAnswers {
  readonly edgeUrl?: string;
  readonly waf?: readonly object[];
  readonly outputs?: Record<string, unknown>;
  command?(command: FakeCommand): unknown;
  rows?(sql: string): Record<string, unknown>[];
  readonly refusedLogins?: readonly object[];
}

/** A stage whose AWS clients and database are functions of the test. An Error that is returned is thrown. */
export function fakeStage(answers: FakeAnswers = {}): FakeStage {
  const commands: FakeCommand[] = [];
  const statements: string[] = [];
  const reloads: number[] = [];
  const flushes: number[] = [];
  const client = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const one = { name: command.constructor.name.replace(/Command$/, ""), input: command.input };
      commands.push(one);
      const result = answers.command?.(one) ?? {};
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const names = [
    "apiGateway",
    "lambda",
    "iam",
    "logs",
    "cloudTrail",
    "cognito",
    "dynamodb",
    "wafv2",
    "verifiedPermissions",
    "s3",
    "signer",
    "sts",
  ];
  const stage = {
    stage: "prod",
    edgeUrl: answers.edgeUrl ?? "http://127.0.0.1:1",
    baseUrl: "http://127.0.0.1:1",
    emulatorUrl: "http://127.0.0.1:1",
    region: "us-east-1",
    outputs: {
      restApiId: "api1",
      stageName: "prod",
      userPoolId: "us-east-1_Pool",
      clientIds: { machine: "m1", session: "s1" },
      database: { name: "palisade", clusterIdentifier: "c1" },
      functions: {
        orders: { functionName: "orders-1", roleName: "orders-role", logGroupName: "/aws/lambda/orders-1" },
        authorizer: { functionName: "auth-1", roleName: "auth-role", logGroupName: "/aws/lambda/auth-1" },
      },
      ...answers.outputs,
    },
    clients: Object.fromEntries(names.map((name) => [name, client])),
    database: {
      query: async (sql: string) => {
        statements.push(sql);
        return answers.rows?.(sql) ?? [];
      },
      refusedLogins: () => answers.refusedLogins ?? [],
      judgeTokenAge: (judged: boolean) => {
        statements.push(`judge the age of tokens: ${judged}`);
      },
      close: async () => {},
    },
    resources: { emulated: 1, declared: 0 },
    declaredTypes: [],
    provisionMs: 1,
    wafLog: () => answers.waf ?? [],
    reloadWebAcl: async () => {
      reloads.push(commands.length);
    },
    reloadGateway: async () => {
      reloads.push(commands.length);
    },
    flushCache: () => {
      flushes.push(commands.length);
    },
    flushes,
    bundleDirectory: "/nowhere",
    reloads,
    commands,
    statements,
  };
  return stage as unknown as FakeStage;
}
