/**
 * What OpenSearch Dashboards imports: an index pattern, a saved search for each detection rule, and a dashboard. `siem/dashboards.ndjson` of
 * packages/threat-detection is made by this; a test holds the file to it. https://docs.opensearch.org/latest/dashboards/management/index-patterns/
 */

/** A detection rule in OpenSearch's query language. */
export interface ConvertedRule {
  query: string;
  title: string;
  description: string;
  level: string;
}

/** One saved object. */
export interface SavedObject {
  id: string;
  type: "index-pattern" | "search" | "visualization" | "dashboard";
  attributes: Record<string, unknown>;
  references: { id: string; name: string; type: string }[];
}

/** What a panel counts, and by which fields. */
interface Panel {
  id: string;
  title: string;
  /** In Lucene's query language. */
  query: string;
  kind: "histogram" | "table" | "pie";
  /** Fields whose values split the count, outermost first; a histogram is over time besides. */
  by: string[];
}

export const INDEX_PATTERN = "palisade-ocsf*";
const PATTERN_ID = "palisade-ocsf";
const INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index";
const COLUMNS = ["class_name", "metadata.event_code", "actor.user.uid", "src_endpoint.ip", "status", "cloud.region"];

const PANELS: readonly Panel[] = [
  { id: "events", title: "Events by class", query: "*", kind: "histogram", by: ["class_name"] },
  { id: "findings", title: "GuardDuty's findings by severity", query: "class_uid:2004", kind: "pie", by: ["severity"] },
  {
    id: "finding-types",
    title: "GuardDuty's findings by type and resource",
    query: "class_uid:2004",
    kind: "table",
    by: ["finding_info.types", "resources.name"],
  },
  {
    id: "denials",
    title: "Who is refused what",
    query: "status_code:(*AccessDenied* OR *UnauthorizedOperation*)",
    kind: "table",
    by: ["actor.user.uid", "metadata.event_code"],
  },
  {
    id: "sign-ins",
    title: "Sign-ins by person and second factor",
    query: "class_uid:3002 AND metadata.event_code:ConsoleLogin",
    kind: "table",
    by: ["user.name", "unmapped.additionalEventData.MFAUsed", "status"],
  },
  {
    id: "changes",
    title: "Changes by service",
    query: "class_uid:6003 AND activity_id:(1 OR 3 OR 4)",
    kind: "histogram",
    by: ["api.service.name"],
  },
  {
    id: "blocked",
    title: "Requests that the firewall blocked, by rule and address",
    query: "class_uid:4002 AND action_id:2",
    kind: "table",
    by: ["firewall_rule.name", "src_endpoint.ip"],
  },
  {
    id: "answers",
    title: "Answers of the API by operation",
    query: 'class_uid:4002 AND metadata.product.name:"API Gateway"',
    kind: "table",
    by: ["unmapped.operation", "status_code"],
  },
];

function sourceOf(query: string): string {
  return JSON.stringify({ query: { query, language: "lucene" }, filter: [], indexRefName: INDEX_REFERENCE });
}

const ofPattern = [{ id: PATTERN_ID, name: INDEX_REFERENCE, type: "index-pattern" }];

function searchOf([file, { query, title, description, level }]: [string, ConvertedRule]): SavedObject {
  return {
    id: `palisade-sigma-${file.replace(/\.yml$/, "")}`,
    type: "search",
    attributes: {
      title: `Sigma: ${title}`,
      description: `${description} Level: ${level}.`,
      columns: COLUMNS,
      sort: [["time", "desc"]],
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: sourceOf(query) },
    },
    references: ofPattern,
  };
}

function visualizationOf({ id, title, query, kind, by }: Panel): SavedObject {
  const overTime = kind === "histogram";
  const terms = by.map((field, index) => ({
    id: String(index + 3),
    enabled: true,
    type: "terms",
    schema: overTime ? "group" : kind === "pie" ? "segment" : "bucket",
    params: { field, size: 20, order: "desc", orderBy: "1", missingBucket: false, otherBucket: false },
  }));
  const time = {
    id: "2",
    enabled: true,
    type: "date_histogram",
    schema: "segment",
    params: { field: "time", interval: "auto", min_doc_count: 1 },
  };
  const state = {
    title,
    type: kind,
    params: kind === "table" ? { perPage: 10 } : { addTooltip: true, addLegend: true, type: kind },
    aggs: [
      { id: "1", enabled: true, type: "count", schema: "metric", params: {} },
      ...(overTime ? [time] : []),
      ...terms,
    ],
  };
  return {
    id: `palisade-${id}`,
    type: "visualization",
    attributes: {
      title,
      description: "",
      uiStateJSON: "{}",
      version: 1,
      visState: JSON.stringify(state),
      kibanaSavedObjectMeta: { searchSourceJSON: sourceOf(query) },
    },
    references: ofPattern,
  };
}

function dashboard(): SavedObject {
  const panels = PANELS.map((_, index) => ({
    version: "2.19.1",
    panelIndex: String(index + 1),
    panelRefName: `panel_${index}`,
    // Two beside each other on a grid of 48 columns.
    gridData: { i: String(index + 1), x: (index % 2) * 24, y: Math.floor(index / 2) * 15, w: 24, h: 15 },
    embeddableConfig: {},
  }));
  return {
    id: "palisade-security",
    type: "dashboard",
    attributes: {
      title: "Palisade: security",
      description: "What CloudTrail, GuardDuty, the firewall and the gateway say, as events of OCSF",
      hits: 0,
      version: 1,
      timeRestore: true,
      timeFrom: "now-24h",
      timeTo: "now",
      optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
      panelsJSON: JSON.stringify(panels),
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: "", language: "lucene" }, filter: [] }),
      },
    },
    references: PANELS.map(({ id }, index) => ({
      id: `palisade-${id}`,
      name: `panel_${index}`,
      type: "visualization",
    })),
  };
}

/** All saved objects, each after what it refers to. */
export function savedObjects(rules: Readonly<Record<string, ConvertedRule>>): SavedObject[] {
  const pattern: SavedObject = {
    id: PATTERN_ID,
    type: "index-pattern",
    attributes: { title: INDEX_PATTERN, timeFieldName: "time" },
    references: [],
  };
  const searches = Object.entries(rules)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(searchOf);
  return [pattern, ...searches, ...PANELS.map(visualizationOf), dashboard()];
}

/** As the file that Dashboards imports. */
export function toNdjson(objects: readonly SavedObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join("");
}
