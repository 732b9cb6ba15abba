/**
 * What the SIEM is made of, in a real OpenSearch: records in the sources' own formats go through the stream's transformation into an index that the
 * template makes, and the detection rules, converted by pySigma's OpenSearch backend, are queries that the server answers.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createTransform } from "@palisade/functions/src/ocsf/transform.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingEvent } from "../../../../functions/test/finding-notifier/events.ts";
import { accessRecord, logBatch, wafRecord } from "../../../../functions/test/ocsf/records.ts";
import { installPythonTool, labDirectory } from "../../src/index.ts";
import { missingForOpenSearch, type OpenSearch, startOpenSearch } from "../../src/opensearch/index.ts";
import {
  type ConvertedRule,
  INDEX_PATTERN,
  type SavedObject,
  savedObjects,
  toNdjson,
} from "../../src/opensearch/saved-objects.ts";
import { CASES, call, denials, session } from "../sigma/events.ts";

const PACKAGE = resolve(import.meta.dirname, "../../../threat-detection");
const TEMPLATE = join(PACKAGE, "siem/index-template.json");
const DASHBOARDS = join(PACKAGE, "siem/dashboards.ndjson");
const TOOL = {
  id: "opensearch-rules",
  name: "The OpenSearch backend of Sigma",
  version: "pySigma-backend-opensearch 2.0.3",
  requirements: join(import.meta.dirname, "requirements.txt"),
};
const INDEX = "palisade-ocsf-2026-11-24";

interface Converted {
  queries: Record<string, ConvertedRule>;
  correlations: Record<string, { rules: string[]; groupBy: string[]; seconds: number; atLeast: number }>;
  violations: string[];
}
type Event = Record<string, unknown> & { class_uid: number; metadata: { uid?: string } };

/** Every CloudTrail record of the rules' own tests, with the rule that it is for. */
const CALLS = Object.entries(CASES).flatMap(([rule, { fires, silent }]) => [
  ...fires.map((record) => ({ rule, record, fires: true })),
  ...silent.map((record) => ({ rule, record, fires: false })),
]);
const MORE = [
  findingEvent("UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom"),
  findingEvent("Stealth:IAMUser/CloudTrailLoggingDisabled"),
  wafRecord("BLOCK"),
  wafRecord("ALLOW"),
  accessRecord("200"),
  accessRecord("403"),
  call("sts", "AssumeRole", {
    requestParameters: { roleArn: "arn:aws:iam::123456789012:role/reader", roleSessionName: "s" },
    responseElements: { assumedRoleUser: { arn: "arn:aws:sts::123456789012:assumed-role/reader/s" } },
  }),
  call("lambda", "Invoke", { userIdentity: session("app"), managementEvent: false, eventCategory: "Data" }),
];

/** The way through the stream: what the transformation puts back is given to it again, as Firehose does. */
async function throughStream(data: string[]): Promise<{ events: Event[]; failed: number }> {
  const queue = [...data];
  const transform = createTransform({
    put: async (_stream, records) =>
      void queue.push(...records.map((record) => Buffer.from(record).toString("base64"))),
    region: "eu-west-1",
    log: () => {},
  });
  const events: Event[] = [];
  let failed = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const deliveryStreamArn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/siem";
    const { records } = await transform({ deliveryStreamArn, records: [{ recordId: "1", data: next }] });
    for (const { result, data: mapped } of records) {
      if (result === "Ok") events.push(JSON.parse(Buffer.from(mapped, "base64").toString()) as Event);
      if (result === "ProcessingFailed") failed++;
    }
  }
  return { events, failed };
}

let converted: Converted;
let events: Event[];
/** Everything that is to be indexed; the calls first, in the order of `CALLS`. */
let denied: Event[][];

beforeAll(async () => {
  const numbered = CALLS.map(({ record }, index) => ({ ...record, eventID: `call-${index}` }));
  const others = MORE.map((record) => Buffer.from(JSON.stringify(record)).toString("base64"));
  const { events: calls, failed } = await throughStream([logBatch(numbered)]);
  expect([calls.length, failed]).toEqual([CALLS.length, 0]);
  events = [...calls, ...(await throughStream(others)).events];
  denied = await Promise.all(
    [denials(10, 30, "ten"), denials(9, 30, "nine"), denials(10, 61, "slow")].map(
      async (records) => (await throughStream([logBatch(records)])).events,
    ),
  );
  const python = await installPythonTool(TOOL, labDirectory);
  const request = {
    rules: join(PACKAGE, "sigma"),
    pipeline: join(PACKAGE, "siem/sigma-ocsf.yml"),
    events: [...events, ...denied.flat()],
  };
  converted = await new Promise((done, fail) => {
    const child = execFile(
      python,
      [join(import.meta.dirname, "convert.py")],
      { maxBuffer: 1 << 24 },
      (error, stdout) => (error ? fail(error) : done(JSON.parse(stdout) as Converted)),
    );
    child.stdin?.end(JSON.stringify(request));
  });
}, 180_000);

/** The fields that a template indexes, with dots. */
function indexedFields(mapping: { properties?: Record<string, object>; type?: string }, path = ""): string[] {
  const own = mapping.type === undefined || mapping.type === "object" ? [] : [path];
  const inner = Object.entries(mapping.properties ?? {}).flatMap(([key, value]) =>
    indexedFields(value, path === "" ? key : `${path}.${key}`),
  );
  return [...own, ...inner];
}
const template = JSON.parse(readFileSync(TEMPLATE, "utf8")) as {
  index_patterns: string[];
  template: { mappings: { properties: Record<string, object>; dynamic: string } };
};
const FIELDS = new Set(indexedFields(template.template.mappings));
/** The fields of a query of ours, in which no text has a colon after a word that could be one. */
const fieldsOfQuery = (query: string) =>
  [...query.replace(/\/(?:\\.|[^/\\])*\//g, "/x/").matchAll(/([\w.-]+):/g)].map(([, field]) => field as string);
const saved = () =>
  readFileSync(DASHBOARDS, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as SavedObject);
const queryOf = ({ attributes }: SavedObject) =>
  (
    JSON.parse((attributes.kibanaSavedObjectMeta as { searchSourceJSON: string }).searchSourceJSON) as {
      query: { query: string; language: string };
    }
  ).query;

describe("the events", () => {
  test("are what the schema of OCSF 1.5.0 demands, every one, with no field that it does not know", () => {
    expect(converted.violations).toEqual([]);
    const classes = events.map(({ class_uid }) => class_uid);
    expect(new Set(classes)).toEqual(new Set([6003, 3002, 2004, 4002]));
  });

  test("hold no token that a log held", () => {
    expect(JSON.stringify(events)).not.toContain("Bearer");
  });
});

describe("the data files", () => {
  test("the saved objects are those that the rules make", () => {
    const made = toNdjson(savedObjects(converted.queries));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(DASHBOARDS, made);
    expect(readFileSync(DASHBOARDS, "utf8")).toBe(made);
  });

  test("there is a search for each rule, and everything that is referred to comes before", () => {
    const objects = saved();
    const rules = readdirSync(join(PACKAGE, "sigma")).filter((file) => file !== "unusual-denials.yml");
    const searches = objects.filter(({ type }) => type === "search").map(({ id }) => id);
    expect(searches.sort()).toEqual(rules.map((file) => `palisade-sigma-${file.replace(".yml", "")}`).sort());
    objects.forEach(({ references }, index) => {
      for (const { id, type } of references) {
        expect(objects.slice(0, index)).toContainEqual(expect.objectContaining({ id, type }));
      }
    });
    expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
  });

  test("every field that a rule, a search, a panel or a column names is indexed", () => {
    expect(template.index_patterns).toEqual([INDEX_PATTERN]);
    const queries = Object.values(converted.queries).map(({ query }) => query);
    const panels = saved().filter(({ type }) => type !== "index-pattern" && type !== "dashboard");
    const aggregated = panels.flatMap(({ attributes }) =>
      typeof attributes.visState === "string"
        ? (JSON.parse(attributes.visState) as { aggs: { params: { field?: string } }[] }).aggs.map(
            ({ params }) => params.field,
          )
        : (attributes.columns as string[]),
    );
    const named = [
      ...queries.flatMap(fieldsOfQuery),
      ...panels.flatMap((panel) => fieldsOfQuery(queryOf(panel).query)),
      ...aggregated.filter((field) => field !== undefined),
      ...Object.values(converted.correlations).flatMap(({ groupBy }) => groupBy),
    ];
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((field) => !FIELDS.has(field))).toEqual([]);
  });
});

const missing = await missingForOpenSearch();
// biome-ignore lint/suspicious/noSkippedTests: a machine without Java says so in its report
if (missing !== undefined) test.skip(`NOT RUN in a real OpenSearch: ${missing}`, () => {});

describe.skipIf(missing !== undefined)("in a real OpenSearch", () => {
  let server: OpenSearch;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "opensearch-"));
    server = await startOpenSearch(folder);
    await server.request("PUT", "/_index_template/palisade-ocsf", template);
    await index(INDEX, events);
  }, 240_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function index(name: string, documents: Event[]): Promise<void> {
    const lines = documents.flatMap((document) => [{ index: { _index: name } }, document]);
    const body = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
    const answer = await server.request("POST", "/_bulk?refresh=true", body);
    const refused = (answer.items as { index: { error?: unknown } }[]).filter(
      ({ index: { error } }) => error !== undefined,
    );
    expect(refused).toEqual([]);
  }

  interface Found {
    hits: { hits: { _source: Event }[]; total: { value: number } };
    aggregations?: Record<string, { buckets: { key: unknown; doc_count: number }[] }>;
  }
  const search = async (body: Record<string, unknown>, name = INDEX) =>
    (await server.request("POST", `/${name}/_search`, { size: 1000, ...body })) as unknown as Found;
  const lucene = (query: string) => ({ query_string: { query, analyze_wildcard: true } });

  test("the server is OpenSearch 2.19.1, on this machine only", async () => {
    const { version } = (await server.request("GET", "/")) as { version: Record<string, string> };
    expect(version).toMatchObject({ distribution: "opensearch", number: "2.19.1" });
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
  });

  test("an error of the server is told with what was asked", async () => {
    await expect(server.request("GET", "/nowhere/_search")).rejects.toThrow(
      /^OpenSearch answered 404 to GET \/nowhere\/_search: .*index_not_found_exception.* Correct the request\.$/,
    );
  });

  test("every event is in, and no field is indexed that the template does not name", async () => {
    expect((await search({ query: { match_all: {} } })).hits.total.value).toBe(events.length);
    const answer = (await server.request("GET", `/${INDEX}/_mapping`)) as Record<string, { mappings: object }>;
    expect(new Set(indexedFields(answer[INDEX]?.mappings as never))).toEqual(FIELDS);
  });

  test.each(Object.keys(CASES))("%s fires on its own and on nothing else", async (rule) => {
    const { hits } = await search({ query: lucene(converted.queries[rule]?.query as string) });
    const expected = CALLS.flatMap((owner, at) => (owner.rule === rule && owner.fires ? [`call-${at}`] : []));
    expect(expected.length).toBeGreaterThan(0);
    expect(hits.hits.map(({ _source }) => _source.metadata.uid).sort()).toEqual(expected.sort());
  });

  // What a monitor asks each minute: who was refused at least so often in the last five. The numbers and the fields are the rule's own.
  test.each([
    ["ten in five minutes", 0, ["arn:aws:sts::123456789012:assumed-role/ten/session"]],
    ["nine in five minutes", 1, []],
    ["ten in ten minutes", 2, []],
  ])("unusual-denials.yml of %s", async (_what, which, expected) => {
    const name = `palisade-ocsf-denials-${which}`;
    await index(name, denied[which] as Event[]);
    const rule = converted.correlations["unusual-denials.yml"] as Converted["correlations"][string];
    const [counted] = rule.rules;
    const start = Date.UTC(2026, 10, 24, 10);
    const told = new Set<unknown>();
    for (let minute = 0; minute <= 15; minute++) {
      const end = start + minute * 60_000;
      const { aggregations } = await search(
        {
          size: 0,
          query: {
            bool: {
              filter: [
                lucene(converted.queries[counted as string]?.query as string),
                { range: { time: { gte: end - rule.seconds * 1000, lt: end } } },
              ],
            },
          },
          aggs: { principals: { terms: { field: rule.groupBy[0], min_doc_count: rule.atLeast } } },
        },
        name,
      );
      for (const { key } of aggregations?.principals?.buckets ?? []) told.add(key);
    }
    expect([...told]).toEqual(expected);
  });

  test("the saved searches and the panels find what they are for", async () => {
    const found: Record<string, number> = {};
    for (const object of saved().filter(({ type }) => type === "search" || type === "visualization")) {
      const { query, language } = queryOf(object);
      expect(language).toBe("lucene");
      const { visState } = object.attributes as { visState?: string };
      const aggs = JSON.parse(visState ?? '{"aggs":[]}').aggs as {
        id: string;
        type: string;
        params: { field: string; size: number };
      }[];
      const aggregations: Record<string, object> = {};
      for (const { id, type, params } of aggs) {
        if (type === "terms") aggregations[id] = { terms: { field: params.field, size: params.size } };
        if (type === "date_histogram") aggregations[id] = { date_histogram: { field: "time", fixed_interval: "1h" } };
      }
      const answer = await search({ size: 0, query: lucene(query), aggs: aggregations });
      const buckets = Object.values(answer.aggregations ?? {}).map(({ buckets }) => buckets.length);
      // A panel without a value to split by would be empty, whatever it counts.
      expect(buckets.every((count) => count > 0)).toBe(true);
      found[object.id] = answer.hits.total.value;
    }
    const refusedCalls = CALLS.filter(({ record }) => record.errorCode === "AccessDenied").length;
    expect(found).toMatchObject({
      "palisade-events": events.length,
      "palisade-findings": 2,
      "palisade-finding-types": 2,
      "palisade-denials": refusedCalls,
      "palisade-sigma-denial": refusedCalls,
      "palisade-sign-ins": 4,
      "palisade-blocked": 1,
      "palisade-answers": 2,
    });
    expect(Object.values(found).every((count) => count > 0)).toBe(true);
  });

  test("a finding is found by its type, its resource and the address", async () => {
    const query =
      "finding_info.types:UnauthorizedAccess\\:Lambda* AND resources.name:prod-orders AND evidences.dst_endpoint.ip:198.51.100.9";
    const { hits } = await search({ query: lucene(query) });
    expect(hits.hits.map(({ _source }) => _source.class_uid)).toEqual([2004]);
  });
});
