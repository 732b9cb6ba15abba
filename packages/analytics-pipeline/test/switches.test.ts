import { expectNamesPrefixed, expectPartitionSafe, resolved } from "@palisade/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { dashboardDefinition, hourlySql } from "../src/quicksight.ts";
import { KEY, LEAST, record, STAGE, type Statement, statementsOf, TOPIC } from "./support.ts";

const VIEWER = "arn:aws:quicksight:eu-central-1:111122223333:group/default/readers";
const AUTHOR = "arn:aws:quicksight:eu-central-1:111122223333:user/default/author";
const CLUSTER = "arn:aws:rds:eu-central-1:111122223333:cluster:shop";
const TABLE = "arn:aws:dynamodb:eu-central-1:111122223333:table/keys";
const REASON = "a written reason";
const ALL = {
  ...STAGE,
  quickSight: { existingSubscription: REASON, viewerArns: [VIEWER], authorArns: [AUTHOR] },
  forecast: { gapLimit: 0.3 },
  warehouse: {
    confirmPriceOf3DollarsAnHourInUse: REASON,
    subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
    securityGroupIds: ["sg-a"],
    databaseClusterArn: CLUSTER,
    tableArns: { keys: TABLE },
  },
};
let all: Awaited<ReturnType<typeof record>>;
beforeAll(async () => {
  all = await record(ALL);
}, 60_000);

test("every child has the pipeline's name, and no partition is written down", async () => {
  expectNamesPrefixed(all, all.one("palisade:index:AnalyticsPipeline"));
  const { quickSight: _page, ...rest } = { ...ALL, ...LEAST };
  const { kmsKeyArn: _key, alarmTopicArn: _topic, existingTrail: _trail, warehouse: _warehouse, ...own } = rest;
  expectPartitionSafe(await record(own, { place: { partition: "aws-cn", region: "cn-north-1" }, invokes: IMAGE }));
}, 60_000);

const IMAGE = {
  "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": () => ({ registryPath: "1.dkr.ecr.cn-north-1/a:b" }),
};

describe("QuickSight", () => {
  test("reads through a role of its own that may ask and no more", () => {
    const source = all.one("aws:quicksight/dataSource:DataSource");
    expect(source.inputs).toMatchObject({
      type: "ATHENA",
      parameters: {
        athena: {
          workGroup: all.one("aws:athena/workgroup:Workgroup").outputs.name,
          roleArn: all.one("aws:iam/role:Role", "calls-quicksight-role").outputs.arn,
        },
      },
      sslProperties: { disableSsl: false },
      tags: { "palisade:confirmed:quicksight": REASON },
    });
    expect(Object.keys(statementsOf(all, "calls-quicksight-policy"))).toContain("ReadEvents");
  });

  test("keeps hours and counts in SPICE, read anew each day", () => {
    const { inputs } = all.one("aws:quicksight/dataSet:DataSet");
    expect(inputs).toMatchObject({ importMode: "SPICE", permissions: [{ principal: AUTHOR }] });
    const [{ customSql }] = inputs.physicalTableMaps as [
      { customSql: { sqlQuery: string; columns: { name: string }[] } },
    ];
    expect(customSql.sqlQuery).toBe(
      hourlySql(String(all.one("aws:glue/catalogDatabase:CatalogDatabase").outputs.name), 90),
    );
    const selected = customSql.sqlQuery.split("FROM")[0] as string;
    for (const { name } of customSql.columns) expect(selected).toContain(name);
    expect(all.one("aws:quicksight/refreshSchedule:RefreshSchedule").inputs.schedule).toEqual({
      refreshType: "FULL_REFRESH",
      scheduleFrequency: { interval: "DAILY", timeOfTheDay: "02:00", timezone: "UTC" },
    });
  });

  test("shows the definition of the repository, which viewers see and authors change", async () => {
    const state = (name: string) =>
      JSON.parse(String(all.one("aws:cloudcontrol/resource:Resource", name).inputs.desiredState));
    const dashboard = state("calls-quicksight-dashboard");
    const dataSet = all.one("aws:quicksight/dataSet:DataSet").outputs.arn;
    expect(dashboard.Definition).toEqual({
      ...dashboardDefinition(),
      DataSetIdentifierDeclarations: [{ Identifier: "calls", DataSetArn: dataSet }],
    });
    const grants = (of: { Permissions: { Principal: string; Actions: string[] }[] }) =>
      Object.fromEntries(of.Permissions.map(({ Principal, Actions }) => [Principal, Actions]));
    expect(grants(dashboard)[VIEWER]).toEqual([
      "quicksight:DescribeDashboard",
      "quicksight:ListDashboardVersions",
      "quicksight:QueryDashboard",
    ]);
    expect(grants(dashboard)[AUTHOR]).toContain("quicksight:UpdateDashboard");
    expect(Object.keys(grants(state("calls-quicksight-analysis")))).toEqual([AUTHOR]);
    expect(await resolved(all.result.dashboardArn)).toBe(
      `arn:aws:quicksight:eu-central-1:111122223333:dashboard/${dashboard.DashboardId}`,
    );
    expect(all.count("aws:quicksight/accountSubscription:AccountSubscription")).toBe(0);
  });

  test("every visual of the definition reads columns that the dataset has, and has its place", () => {
    const definition = JSON.stringify(dashboardDefinition());
    const columns = new Set([...definition.matchAll(/"ColumnName":"(\w+)"/g)].map(([, column]) => column));
    const sql = hourlySql("db", 1).split("FROM")[0] as string;
    expect(columns.size).toBeGreaterThan(5);
    for (const column of columns) expect(sql).toContain(column);
    const ids = [...definition.matchAll(/"VisualId":"([\w-]+)"/g)].map(([, id]) => id);
    const placed = [...definition.matchAll(/"ElementId":"([\w-]+)"/g)].map(([, id]) => id);
    expect(placed.sort()).toEqual(ids.sort());
  });
});

describe("the forecast", () => {
  const definition = () => JSON.parse(String(all.one("aws:sfn/stateMachine:StateMachine").inputs.definition));

  test("is trained in isolation, encrypted, with the built-in image, and the first run makes the endpoint", async () => {
    const { States } = definition();
    expect(Object.keys(States)).toEqual(["Name", "Count", "Train", "Model", "Configuration", "Update", "First"]);
    const job = all.one("aws:s3/bucket:Bucket", "calls-job").id;
    expect(States.Count.Parameters).toEqual({
      JobName: all.one("aws:glue/job:Job", "calls-forecast-job").outputs.name,
      Arguments: { "--mode": "features", "--features.$": `States.Format('s3://${job}/forecast/features/{}/', $.id)` },
    });
    expect(States.Train.Parameters).toMatchObject({
      AlgorithmSpecification: {
        TrainingImage: "492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:1.7-1",
      },
      OutputDataConfig: { S3OutputPath: `s3://${job}/forecast/models/`, KmsKeyId: KEY },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeKmsKeyId: KEY },
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
    expect(States.Model.Parameters.EnableNetworkIsolation).toBe(true);
    expect(States.Configuration.Parameters.ProductionVariants[0].ServerlessConfig).toEqual({
      MemorySizeInMB: 2048,
      MaxConcurrency: 1,
    });
    expect(States.Update.Catch).toEqual([
      { ErrorEquals: ["SageMaker.AmazonSageMakerException"], ResultPath: null, Next: "First" },
    ]);
    expect(States.First.Resource).toBe("arn:aws:states:::sagemaker:createEndpoint");
    const endpoint = await resolved(all.result.forecastEndpointName);
    expect(States.First.Parameters.EndpointName).toBe(endpoint);
    // Name, hyphen and a UUID: SageMaker's names end at 63.
    expect(`${String(endpoint).replace(/forecast$/, "")}${"0".repeat(36)}`.length).toBeLessThanOrEqual(63);
  });

  test("is logged without its data and traced, and started by schedules of roles of their own", () => {
    expect(all.one("aws:sfn/stateMachine:StateMachine").inputs).toMatchObject({
      loggingConfiguration: { level: "ALL", includeExecutionData: false },
      tracingConfiguration: { enabled: true },
    });
    const machine = all.one("aws:sfn/stateMachine:StateMachine").outputs.arn;
    const training = all.one("aws:scheduler/schedule:Schedule", "calls-forecast-schedule").inputs;
    expect(training).toMatchObject({ scheduleExpression: "cron(0 3 ? * MON *)", target: { arn: machine } });
    expect(Object.keys(statementsOf(all, "calls-forecast-schedule-policy"))).toEqual(["Start"]);
    const scoring = all.one("aws:scheduler/schedule:Schedule", "calls-forecast-scoring").inputs;
    expect(scoring).toMatchObject({
      scheduleExpression: "cron(15 1 * * ? *)",
      target: { arn: "arn:aws:scheduler:::aws-sdk:glue:startJobRun" },
    });
    expect(JSON.parse(String((scoring.target as { input: string }).input))).toEqual({
      JobName: all.one("aws:glue/job:Job", "calls-forecast-job").outputs.name,
      Arguments: { "--mode": "score" },
    });
  });

  test("its alarm is raised by a gap over the limit, and by nothing before there is a model", () => {
    expect(all.one("aws:cloudwatch/metricAlarm:MetricAlarm", "calls-forecast-gap").inputs).toMatchObject({
      namespace: "Palisade/Analytics",
      metricName: "ForecastGap",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0.3,
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      dimensions: { Pipeline: all.one("aws:athena/workgroup:Workgroup").outputs.name },
    });
    const told = all.one("aws:glue/job:Job", "calls-forecast-job").inputs.defaultArguments;
    expect(told).toMatchObject({
      "--metric_namespace": "Palisade/Analytics",
      "--pipeline": all.one("aws:athena/workgroup:Workgroup").outputs.name,
      "--history_weeks": "8",
    });
  });

  test("its roles pass one role to SageMaker alone, and touch their own names alone", () => {
    const statements = statementsOf(all, "calls-forecast-training-policy");
    expect(statements.HandRole).toEqual({
      Sid: "HandRole",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [String(all.one("aws:iam/role:Role", "calls-forecast-model-role").outputs.arn)],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    } satisfies Statement);
    for (const resource of statements.Train?.Resource ?? []) {
      expect(resource).toMatch(/^arn:aws:sagemaker:eu-central-1:111122223333:[a-z-]+\/[a-z0-9-]{1,24}-\*$/);
    }
    const job = all.one("aws:s3/bucket:Bucket", "calls-job").outputs.arn;
    expect(statementsOf(all, "calls-forecast-job-policy").WriteFeatures?.Resource[0]).toBe(
      `${job}/forecast/features/*`,
    );
    const model = statementsOf(all, "calls-forecast-model-policy");
    expect(model.PullImage?.Resource).toEqual(["arn:aws:ecr:eu-central-1:492215442770:repository/sagemaker-xgboost"]);
  });

  test("needs no key of its own, and no alarm where nobody is told", async () => {
    const plain = await record({ ...LEAST, forecast: {} });
    const { States } = JSON.parse(String(plain.one("aws:sfn/stateMachine:StateMachine").inputs.definition));
    expect(States.Train.Parameters.OutputDataConfig).not.toHaveProperty("KmsKeyId");
    expect(plain.count("aws:cloudwatch/metricAlarm:MetricAlarm")).toBe(0);
    expect(Object.keys(statementsOf(plain, "calls-forecast-model-policy"))).not.toContain("UseKey");
  }, 60_000);
});

describe("the warehouse", () => {
  test("is private, encrypted, over TLS, logged, and stops at the day's limit", async () => {
    expect(all.one("aws:redshiftserverless/namespace:Namespace").inputs).toMatchObject({
      adminUsername: "palisade_owner",
      manageAdminPassword: true,
      kmsKeyId: KEY,
      adminPasswordSecretKmsKeyId: KEY,
      logExports: ["connectionlog", "userlog", "useractivitylog"],
      tags: { "palisade:confirmed:warehouse": REASON },
    });
    const workgroup = all.one("aws:redshiftserverless/workgroup:Workgroup");
    expect(workgroup.inputs).toMatchObject({
      baseCapacity: 8,
      maxCapacity: 16,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      subnetIds: ALL.warehouse.subnetIds,
    });
    expect(workgroup.inputs.configParameters).toEqual(
      expect.arrayContaining([
        { parameterKey: "require_ssl", parameterValue: "true" },
        { parameterKey: "enable_case_sensitive_identifier", parameterValue: "true" },
      ]),
    );
    expect(all.one("aws:redshiftserverless/usageLimit:UsageLimit").inputs).toMatchObject({
      period: "daily",
      amount: 40,
      breachAction: "deactivate",
    });
    expect(await resolved(all.result.warehouseName)).toBe(workgroup.inputs.workgroupName);
  });

  test("is kept in step by integrations, which its policy admits by their sources", () => {
    const target = all.one("aws:redshiftserverless/namespace:Namespace").outputs.arn;
    expect(all.one("aws:rds/integration:Integration").inputs).toMatchObject({
      sourceArn: CLUSTER,
      targetArn: target,
      dataFilter: "include: *.*",
      kmsKeyId: KEY,
    });
    expect(all.one("aws:redshift/integration:Integration").inputs).toMatchObject({
      sourceArn: TABLE,
      targetArn: target,
    });
    const policy = JSON.parse(String(all.one("aws:redshiftserverless/resourcePolicy:ResourcePolicy").inputs.policy));
    expect(policy.Statement.map(({ Action }: { Action: string }) => Action)).toEqual([
      "redshift:AuthorizeInboundIntegration",
      "redshift:CreateInboundIntegration",
    ]);
    for (const { Condition } of policy.Statement) {
      expect(Condition).toEqual({ StringEquals: { "aws:SourceArn": [CLUSTER, TABLE] } });
    }
    const table = all.one("aws:dynamodb/resourcePolicy:ResourcePolicy").inputs;
    expect(table.resourceArn).toBe(TABLE);
    expect(JSON.parse(String(table.policy)).Statement[0]).toMatchObject({
      Principal: { Service: "redshift.amazonaws.com" },
      Action: ["dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:redshift:eu-central-1:111122223333:integration:*" },
      },
    });
  });

  test("without a source has no integration, and its policy admits nobody", async () => {
    const { databaseClusterArn: _cluster, tableArns: _tables, ...warehouse } = ALL.warehouse;
    const plain = await record({ ...LEAST, kmsKeyArn: KEY, warehouse });
    expect(plain.count("aws:rds/integration:Integration")).toBe(0);
    expect(plain.count("aws:redshiftserverless/resourcePolicy:ResourcePolicy")).toBe(0);
    expect(plain.count("aws:redshiftserverless/workgroup:Workgroup")).toBe(1);
  }, 60_000);
});

test("without the switches their outputs are missing", async () => {
  const { result } = await record();
  expect([result.dashboardArn, result.forecastEndpointName, result.warehouseName]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
