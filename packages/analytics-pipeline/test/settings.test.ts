import { expect, test } from "vitest";
import type { AnalyticsPipelineArgs } from "../src/index.ts";
import { pipelineSettings } from "../src/settings.ts";
import { KEY, LEAST } from "./support.ts";

const VIEWER = "arn:aws:quicksight:eu-central-1:111122223333:user/default/a";
const REASON = "a written reason";
const WAREHOUSE = { confirmPriceOf3DollarsAnHourInUse: REASON, subnetIds: ["a"], securityGroupIds: ["b"] };
const PAGE = { existingSubscription: REASON, viewerArns: [VIEWER] };
const CRON = 'a schedule such as "cron(0 3 ? * MON *)" or "rate(1 day)"';

test.each<[AnalyticsPipelineArgs, string]>([
  [
    {},
    "existingTrail is not set, and neither is any other source; allowed: one of existingTrail, ownTrail, apiAccessLog, firewallLog, databaseAuditLog; to fix it, name what is to be read",
  ],
  [
    { existingTrail: { bucketName: "a" }, ownTrail: true, kmsKeyArn: KEY },
    "ownTrail is true; allowed: false beside existingTrail; to fix it, remove one of them: the account's calls are recorded once",
  ],
  [
    { existingTrail: { bucketName: "a", prefix: "/logs" } },
    'existingTrail.prefix is "/logs"; allowed: a folder that ends in / and does not begin with it; to fix it, write it as in "AWSLogs/"',
  ],
  [
    { ownTrail: true },
    "kmsKeyArn is not set; allowed: the ARN of a key, because ownTrail is set; to fix it, give kmsKeyArn, or leave ownTrail out",
  ],
  [
    { ...LEAST, encryptAccountCatalog: REASON },
    "kmsKeyArn is not set; allowed: the ARN of a key, because encryptAccountCatalog is set; to fix it, give kmsKeyArn, or leave encryptAccountCatalog out",
  ],
  [
    { ...LEAST, kmsKeyArn: KEY, encryptAccountCatalog: "why not" },
    'encryptAccountCatalog is "why not"; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports',
  ],
  [
    { ...LEAST, startOnEvents: false, schedule: "none" },
    'schedule is "none"; allowed: a schedule, because startOnEvents is false; to fix it, give the job a schedule, or let files start it',
  ],
  [
    { ...LEAST, schedule: "rate(1 day)" },
    'schedule is "rate(1 day)"; allowed: a schedule of six fields such as "cron(30 0 * * ? *)", or "none"; to fix it, write it as AWS Glue does',
  ],
  [
    { ...LEAST, eventBatchSize: 101 },
    "eventBatchSize is 101; allowed: a whole number from 1 to 100; to fix it, set eventBatchSize to one",
  ],
  [
    { ...LEAST, quarantineShareLimit: 1.1 },
    "quarantineShareLimit is 1.1; allowed: a number from 0 to 1; to fix it, set quarantineShareLimit to one",
  ],
  [
    { ...LEAST, scanLimitGibibytes: 0 },
    "scanLimitGibibytes is 0; allowed: a whole number from 1 to 1000; to fix it, set scanLimitGibibytes to one",
  ],
  [
    { ...LEAST, logRetentionDays: 2 },
    "logRetentionDays is 2; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; to fix it, set logRetentionDays to one of them",
  ],
  [
    { ...LEAST, allowDeletion: "no" },
    'allowDeletion is "no"; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports',
  ],
  [
    { ...LEAST, quickSight: { ...PAGE, viewerArns: [] } },
    "quickSight.viewerArns is []; allowed: at least one ARN of a user or group of QuickSight; to fix it, name who may see the dashboard",
  ],
  [
    { ...LEAST, quickSight: { ...PAGE, refreshTime: "24:00" } },
    'quickSight.refreshTime is "24:00"; allowed: a time such as "02:00"; to fix it, set quickSight.refreshTime to one',
  ],
  [
    { ...LEAST, quickSight: { ...PAGE, timeZone: "" } },
    'quickSight.timeZone is ""; allowed: a time zone such as "Europe/Berlin"; to fix it, set quickSight.timeZone to one',
  ],
  [
    { ...LEAST, forecast: { trainingSchedule: "daily" } },
    `forecast.trainingSchedule is "daily"; allowed: ${CRON}; to fix it, set forecast.trainingSchedule to one`,
  ],
  [
    { ...LEAST, forecast: { historyWeeks: 3 } },
    "forecast.historyWeeks is 3; allowed: a whole number from 4 to 57; to fix it, set forecast.historyWeeks to one",
  ],
  [
    { ...LEAST, forecast: { endpointMemoryMegabytes: 1000 } },
    "forecast.endpointMemoryMegabytes is 1000; allowed: 1024, 2048, 3072, 4096, 5120, 6144; to fix it, set forecast.endpointMemoryMegabytes to one of them",
  ],
  [
    { ...LEAST, forecast: { trainingInstanceType: "m5.large" } },
    'forecast.trainingInstanceType is "m5.large"; allowed: an instance type of SageMaker, such as "ml.m5.large"; to fix it, set forecast.trainingInstanceType to one',
  ],
  [
    { ...LEAST, warehouse: WAREHOUSE },
    "kmsKeyArn is not set; allowed: the ARN of a key, because warehouse is set; to fix it, give kmsKeyArn, or leave warehouse out",
  ],
  ...[4, 12, 520].map((baseCapacity): [AnalyticsPipelineArgs, string] => [
    { ...LEAST, kmsKeyArn: KEY, warehouse: { ...WAREHOUSE, baseCapacity } },
    `warehouse.baseCapacity is ${baseCapacity}; allowed: 8 to 512 Redshift processing units in steps of 8; to fix it, set warehouse.baseCapacity to one`,
  ]),
  [
    { ...LEAST, kmsKeyArn: KEY, warehouse: { ...WAREHOUSE, baseCapacity: 32, maxCapacity: 16 } },
    "warehouse.maxCapacity is 16; allowed: a whole number from 32 to 512; to fix it, set warehouse.maxCapacity to one",
  ],
  [
    { ...LEAST, kmsKeyArn: KEY, warehouse: { ...WAREHOUSE, tableArns: { "Order Keys": "arn" } } },
    'warehouse.tableArns["Order Keys"] is a key that is no name; allowed: kebab-case, for example "orders"; to fix it, rename it; the integration is named after it',
  ],
])("%j is refused", (args, message) => {
  expect(() => pipelineSettings("calls", args)).toThrow(`AnalyticsPipeline "calls": ${message}`);
});

test("the defaults are what the README says", () => {
  const { quickSight, forecast, warehouse, ...rest } = pipelineSettings("calls", {
    ...LEAST,
    kmsKeyArn: KEY,
    quickSight: PAGE,
    forecast: {},
    warehouse: WAREHOUSE,
  });
  expect(rest).toEqual({
    startOnEvents: true,
    eventBatchSize: 100,
    eventWindowSeconds: 900,
    schedule: "cron(30 0 * * ? *)",
    maximumWorkers: 4,
    timeoutMinutes: 60,
    quarantineShareLimit: 0.2,
    rawRetentionDays: 90,
    cleanRetentionDays: 400,
    resultRetentionDays: 14,
    scanLimitBytes: 10_737_418_240,
    logRetentionDays: 365,
    deletable: false,
    lowered: [],
  });
  expect(quickSight).toEqual({ ...PAGE, authorArns: [], refreshTime: "02:00", timeZone: "UTC", days: 90 });
  expect(forecast).toEqual({
    trainingSchedule: "cron(0 3 ? * MON *)",
    scoringSchedule: "cron(15 1 * * ? *)",
    historyWeeks: 8,
    gapLimit: 0.5,
    endpointMemoryMegabytes: 2048,
    trainingInstanceType: "ml.m5.large",
  });
  expect(warehouse).toEqual({
    reason: REASON,
    baseCapacity: 8,
    maxCapacity: 16,
    unitHoursPerDay: 40,
    databaseFilter: "include: *.*",
  });
  const large = { ...LEAST, kmsKeyArn: KEY, warehouse: { ...WAREHOUSE, baseCapacity: 64 } };
  expect(pipelineSettings("calls", large).warehouse?.maxCapacity).toBe(64);
});
