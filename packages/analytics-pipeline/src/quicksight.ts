import { arnIn, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Buckets } from "./buckets.ts";
import type { Catalog } from "./catalog.ts";
import { type PipelineContext, roleWith } from "./context.ts";
import type { QuickSightSettings } from "./quicksight-settings.ts";
import { readerStatements } from "./reader.ts";
import { readJson } from "./schema.ts";

/** What the dataset holds, by QuickSight's types: hours and counts, so that a reader of the page sees no single call. */
const COLUMNS: Readonly<Record<string, string>> = {
  hour: "DATETIME",
  source: "STRING",
  principal_type: "STRING",
  principal: "STRING",
  service: "STRING",
  action: "STRING",
  route: "STRING",
  calls: "INTEGER",
  denials: "INTEGER",
  errors: "INTEGER",
  slowest_ms: "DECIMAL",
};

/** The dataset's question to Athena. */
export function hourlySql(database: string, days: number): string {
  return `SELECT date_trunc('hour', event_time) AS hour, source, principal_type, principal, service, action, route,
  count(*) AS calls,
  count_if(denied) AS denials,
  count_if(error_code IS NOT NULL) AS errors,
  max(duration_ms) AS slowest_ms
FROM "${database}"."events"
WHERE day >= date_format(current_date - INTERVAL '${days}' DAY, '%Y-%m-%d')
GROUP BY 1, 2, 3, 4, 5, 6, 7`;
}

// The sets of actions that QuickSight's own console grants.
// https://docs.aws.amazon.com/quicksight/latest/developerguide/permissions-examples.html
const DASHBOARD_VIEWER = ["DescribeDashboard", "ListDashboardVersions", "QueryDashboard"];
const DASHBOARD_AUTHOR = [
  ...DASHBOARD_VIEWER,
  "UpdateDashboard",
  "DeleteDashboard",
  "UpdateDashboardPermissions",
  "DescribeDashboardPermissions",
  "UpdateDashboardPublishedVersion",
];
const ANALYSIS_AUTHOR = [
  "DescribeAnalysis",
  "QueryAnalysis",
  "UpdateAnalysis",
  "DeleteAnalysis",
  "RestoreAnalysis",
  "DescribeAnalysisPermissions",
  "UpdateAnalysisPermissions",
];
const DATASET_AUTHOR = [
  "DescribeDataSet",
  "DescribeDataSetPermissions",
  "PassDataSet",
  "DescribeIngestion",
  "ListIngestions",
  "CreateIngestion",
  "CancelIngestion",
];

const quicksight = (actions: string[]) => actions.map((action) => `quicksight:${action}`);

/** The dashboard's ARN. */
export type QuickSightPage = pulumi.Output<string>;

/**
 * A dashboard from `dashboards/api-activity.json`, which is a definition as QuickSight's own API has it. AWS's provider knows no definitions, so Cloud Control makes the analysis
 * and the dashboard. The subscription is the account's and stays as it is: deleting one deletes everything of QuickSight in every region.
 * https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DashboardVersionDefinition.html
 */
export function createQuickSight(
  context: PipelineContext,
  settings: QuickSightSettings,
  buckets: Buckets,
  catalog: Catalog,
  workgroup: aws.athena.Workgroup,
): QuickSightPage {
  const { name, place, prefix, child, tags } = context;
  const reader = roleWith(
    context,
    "quicksight",
    "Asks Athena for the dashboard",
    trustDocument({ service: "quicksight.amazonaws.com", sourceAccount: place.accountId }),
    readerStatements(context, buckets, catalog, workgroup.arn),
  );
  const source = new aws.quicksight.DataSource(
    childName(name, "quicksight-source"),
    {
      dataSourceId: `${prefix}-events`,
      name: "Calls of APIs and databases",
      type: "ATHENA",
      parameters: { athena: { workGroup: workgroup.name, roleArn: reader.role.arn } },
      sslProperties: { disableSsl: false },
      tags: { ...tags, "palisade:confirmed:quicksight": settings.existingSubscription.slice(0, 256) },
    },
    { ...child, dependsOn: [reader.policy] },
  );
  const dataSet = new aws.quicksight.DataSet(
    childName(name, "quicksight-dataset"),
    {
      dataSetId: `${prefix}-hourly`,
      name: "Calls by hour",
      importMode: "SPICE",
      physicalTableMaps: [
        {
          physicalTableMapId: "hourly",
          customSql: {
            dataSourceArn: source.arn,
            name: "hourly",
            sqlQuery: catalog.database.name.apply((database) => hourlySql(database, settings.days)),
            columns: Object.entries(COLUMNS).map(([column, type]) => ({ name: column, type })),
          },
        },
      ],
      permissions: settings.authorArns.map((principal) => ({ principal, actions: quicksight(DATASET_AUTHOR) })),
      tags,
    },
    child,
  );
  new aws.quicksight.RefreshSchedule(
    childName(name, "quicksight-refresh"),
    {
      dataSetId: dataSet.dataSetId,
      scheduleId: "daily",
      schedule: {
        refreshType: "FULL_REFRESH",
        scheduleFrequency: { interval: "DAILY", timeOfTheDay: settings.refreshTime, timezone: settings.timeZone },
      },
    },
    child,
  );
  const definition = dashboardDefinition();
  const page = (typeName: string, idKey: string, id: string, viewers: string[], authors: string[]) => ({
    typeName,
    desiredState: pulumi.jsonStringify({
      AwsAccountId: place.accountId,
      [idKey]: id,
      Name: "API activity",
      Definition: {
        ...definition,
        DataSetIdentifierDeclarations: [{ Identifier: "calls", DataSetArn: dataSet.arn }],
      },
      Permissions: [
        ...(viewers.length === 0
          ? []
          : settings.viewerArns.map((Principal) => ({ Principal, Actions: quicksight(viewers) }))),
        ...settings.authorArns.map((Principal) => ({ Principal, Actions: quicksight(authors) })),
      ],
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
  const analysisId = `${prefix}-analysis`;
  const dashboardId = `${prefix}-dashboard`;
  new aws.cloudcontrol.Resource(
    childName(name, "quicksight-analysis"),
    page("AWS::QuickSight::Analysis", "AnalysisId", analysisId, [], ANALYSIS_AUTHOR),
    child,
  );
  new aws.cloudcontrol.Resource(
    childName(name, "quicksight-dashboard"),
    page("AWS::QuickSight::Dashboard", "DashboardId", dashboardId, DASHBOARD_VIEWER, DASHBOARD_AUTHOR),
    child,
  );
  return arnIn(place, "quicksight", `dashboard/${dashboardId}`);
}

/** The dashboard's definition, as QuickSight's API has it, without its dataset. */
export const dashboardDefinition = (): Record<string, unknown> => readJson("dashboards", "api-activity.json");
