/**
 * Sets an OpenSearch up on deploy: the index template, without which the first event would decide what every field is; how long events are kept;
 * who may write and read, where the server decides that itself; and the saved searches and the dashboard. It is run again whenever one of
 * these has changed, and changes nothing that is not its own.
 */
import { setTimeout as sleep } from "node:timers/promises";

/** What is set up. */
export interface SetupRequest {
  engine: "serverless" | "domain";
  /** Where the collection or the domain answers, without a slash at the end. */
  endpoint: string;
  /** The index template, with its settings. */
  template: { index_patterns: string[]; template: { settings?: unknown; mappings: unknown }; [key: string]: unknown };
  /** Days after which an index is deleted. A collection has a lifecycle policy of AWS's for that. */
  retentionDays: number;
  /** The ARN of the role that writes events. */
  writerRoleArn: string;
  /** ARNs of the roles that read them. */
  readerRoleArns: string[];
  /** The saved objects, as lines of JSON. */
  savedObjects: string;
}

/** What was done. */
export interface SetupAnswer {
  /** How many requests changed something on the server. */
  requests: number;
  /** `imported`, or why Dashboards took none: the events are searched all the same. */
  dashboards: string;
}

/** One request, signed by whoever sends it. */
export interface Request_ {
  method: "GET" | "PUT" | "POST";
  path: string;
  body?: string;
  headers: Record<string, string>;
}
/** Sends a request; rejects when nobody answers. */
export type Send = (request: Request_) => Promise<{ status: number; text: string }>;

const NAME = "palisade-ocsf";
const BOUNDARY = "palisade-saved-objects";
// A policy of who may do what takes up to a minute until it is in force.
const TRIES = 24;

/** @param pause milliseconds between two tries. By default 5000 */
export function createSetup(send: Send, pause = 5000) {
  const attempt = async (request: Request_): Promise<{ status: number; text: string }> => {
    for (let tries = 1; tries < TRIES; tries++) {
      const answer = await send(request).catch(() => undefined);
      if (answer !== undefined && answer.status < 500 && ![401, 403, 429].includes(answer.status)) return answer;
      await sleep(pause);
    }
    return send(request);
  };

  return async (request: SetupRequest): Promise<SetupAnswer> => {
    let requests = 0;
    const put = async (path: string, value: unknown): Promise<void> => {
      const body = JSON.stringify(value);
      const { status, text } = await attempt({
        method: "PUT",
        path,
        body,
        headers: { "content-type": "application/json" },
      });
      if (status >= 300) throw new Error(`PUT ${path}: ${status}: ${text.slice(0, 300)}`);
      requests++;
    };

    await put(`/_index_template/${NAME}`, templateOf(request));
    if (request.engine === "domain") {
      await put(await retentionPath(attempt), retentionPolicy(request));
      for (const [path, value] of access(request)) await put(path, value);
    }
    const imported = await attempt(importOf(request.savedObjects));
    if (imported.status < 300) requests++;
    return { requests, dashboards: imported.status < 300 ? "imported" : `refused with ${imported.status}` };
  };
}

// A collection decides on its shards itself, and refuses to be told.
function templateOf({ engine, template }: SetupRequest): unknown {
  if (engine === "domain") return template;
  return { ...template, template: { mappings: template.template.mappings } };
}

// An existing policy is replaced only by who names the version that it replaces.
async function retentionPath(attempt: Send): Promise<string> {
  const path = `/_plugins/_ism/policies/${NAME}`;
  const { status, text } = await attempt({ method: "GET", path, headers: {} });
  if (status === 404) return path;
  if (status >= 300) throw new Error(`GET ${path}: ${status}: ${text.slice(0, 300)}`);
  const { _seq_no, _primary_term } = JSON.parse(text) as { _seq_no: number; _primary_term: number };
  return `${path}?if_seq_no=${_seq_no}&if_primary_term=${_primary_term}`;
}

// https://docs.opensearch.org/latest/im-plugin/ism/policies/
function retentionPolicy({ retentionDays, template }: SetupRequest): unknown {
  return {
    policy: {
      description: `Deletes events after ${retentionDays} days`,
      default_state: "kept",
      states: [
        {
          name: "kept",
          actions: [],
          transitions: [{ state_name: "deleted", conditions: { min_index_age: `${retentionDays}d` } }],
        },
        { name: "deleted", actions: [{ delete: {} }], transitions: [] },
      ],
      ism_template: [{ index_patterns: template.index_patterns, priority: 100 }],
    },
  };
}

/**
 * Two roles of the domain's: one writes events, one reads them and looks at the dashboard.
 * https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-es
 */
function access({ template, writerRoleArn, readerRoleArns }: SetupRequest): [string, unknown][] {
  const security = "/_plugins/_security/api";
  const { index_patterns } = template;
  return [
    [
      `${security}/roles/palisade-writer`,
      {
        cluster_permissions: ["cluster_composite_ops", "cluster_monitor"],
        index_permissions: [{ index_patterns, allowed_actions: ["crud", "create_index", "manage"] }],
      },
    ],
    [
      `${security}/roles/palisade-reader`,
      {
        cluster_permissions: ["cluster_composite_ops_ro"],
        index_permissions: [{ index_patterns, allowed_actions: ["read", "indices_monitor"] }],
        tenant_permissions: [{ tenant_patterns: ["global_tenant"], allowed_actions: ["kibana_all_read"] }],
      },
    ],
    [`${security}/rolesmapping/palisade-writer`, { backend_roles: [writerRoleArn] }],
    [`${security}/rolesmapping/palisade-reader`, { backend_roles: readerRoleArns }],
    // Who may open Dashboards at all.
    [`${security}/rolesmapping/kibana_user`, { backend_roles: readerRoleArns }],
  ];
}

// https://docs.opensearch.org/latest/dashboards/management/saved-objects/
function importOf(savedObjects: string): Request_ {
  const body = [
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="file"; filename="dashboards.ndjson"',
    "Content-Type: application/ndjson",
    "",
    savedObjects.trimEnd(),
    `--${BOUNDARY}--`,
    "",
  ].join("\r\n");
  const headers = { "content-type": `multipart/form-data; boundary=${BOUNDARY}`, "osd-xsrf": "true" };
  return { method: "POST", path: "/_dashboards/api/saved_objects/_import?overwrite=true", body, headers };
}
