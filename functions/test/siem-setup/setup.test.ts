import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createSetup, type Request_, type SetupRequest } from "../../src/siem-setup/core.ts";
import { createSend } from "../../src/siem-setup/send.ts";

const WRITER = "arn:aws:iam::123456789012:role/siem-stream";
const READER = "arn:aws:iam::123456789012:role/analyst";
const REQUEST: SetupRequest = {
  engine: "domain",
  endpoint: "https://vpc-siem.eu-west-1.es.amazonaws.com",
  template: {
    index_patterns: ["palisade-ocsf*"],
    priority: 100,
    template: { settings: { index: { number_of_shards: 1 } }, mappings: { dynamic: "false" } },
  },
  retentionDays: 90,
  writerRoleArn: WRITER,
  readerRoleArns: [READER],
  savedObjects: '{"id":"one"}\n{"id":"two"}\n',
};
const POLICY = "/_plugins/_ism/policies/palisade-ocsf";

/** A server that answers by path, by default with 200 and nothing. */
function serverOf(answers: Record<string, (tries: number) => { status: number; text: string }> = {}) {
  const seen: Request_[] = [];
  const setup = createSetup(async (request) => {
    seen.push(request);
    const tries = seen.filter(({ method, path }) => method === request.method && path === request.path).length;
    return answers[`${request.method} ${request.path}`]?.(tries) ?? { status: 200, text: "{}" };
  }, 1);
  const bodyOf = (path: string) =>
    JSON.parse(seen.find((request) => request.path === path && request.body !== undefined)?.body as string) as unknown;
  return { seen, setup, bodyOf, paths: () => seen.map(({ method, path }) => `${method} ${path}`) };
}
const none = { [`GET ${POLICY}`]: () => ({ status: 404, text: "" }) };

test("a domain has its template before anything is written, who may do what, and how long it keeps", async () => {
  const { setup, seen, paths, bodyOf } = serverOf(none);
  expect(await setup(REQUEST)).toEqual({ requests: 8, dashboards: "imported" });
  expect(paths()).toEqual([
    "PUT /_index_template/palisade-ocsf",
    `GET ${POLICY}`,
    `PUT ${POLICY}`,
    "PUT /_plugins/_security/api/roles/palisade-writer",
    "PUT /_plugins/_security/api/roles/palisade-reader",
    "PUT /_plugins/_security/api/rolesmapping/palisade-writer",
    "PUT /_plugins/_security/api/rolesmapping/palisade-reader",
    "PUT /_plugins/_security/api/rolesmapping/kibana_user",
    "POST /_dashboards/api/saved_objects/_import?overwrite=true",
  ]);
  expect(bodyOf("/_index_template/palisade-ocsf")).toEqual(REQUEST.template);
  expect(bodyOf(POLICY)).toEqual({
    policy: {
      description: "Deletes events after 90 days",
      default_state: "kept",
      states: [
        {
          name: "kept",
          actions: [],
          transitions: [{ state_name: "deleted", conditions: { min_index_age: "90d" } }],
        },
        { name: "deleted", actions: [{ delete: {} }], transitions: [] },
      ],
      ism_template: [{ index_patterns: ["palisade-ocsf*"], priority: 100 }],
    },
  });
  for (const { method, headers } of seen.filter(({ path }) => !path.startsWith("/_dashboards"))) {
    expect(headers).toEqual(method === "PUT" ? { "content-type": "application/json" } : {});
  }
  expect(bodyOf("/_plugins/_security/api/rolesmapping/palisade-writer")).toEqual({ backend_roles: [WRITER] });
  expect(bodyOf("/_plugins/_security/api/rolesmapping/palisade-reader")).toEqual({ backend_roles: [READER] });
  expect(bodyOf("/_plugins/_security/api/rolesmapping/kibana_user")).toEqual({ backend_roles: [READER] });
  // Who reads writes nothing, and nobody gets another index than the events'.
  expect(bodyOf("/_plugins/_security/api/roles/palisade-reader")).toEqual({
    cluster_permissions: ["cluster_composite_ops_ro"],
    index_permissions: [{ index_patterns: ["palisade-ocsf*"], allowed_actions: ["read", "indices_monitor"] }],
    tenant_permissions: [{ tenant_patterns: ["global_tenant"], allowed_actions: ["kibana_all_read"] }],
  });
  expect(bodyOf("/_plugins/_security/api/roles/palisade-writer")).toEqual({
    cluster_permissions: ["cluster_composite_ops", "cluster_monitor"],
    index_permissions: [{ index_patterns: ["palisade-ocsf*"], allowed_actions: ["crud", "create_index", "manage"] }],
  });
});

test("a collection has its template without settings, and its policies from AWS", async () => {
  const { setup, paths, bodyOf } = serverOf();
  expect(await setup({ ...REQUEST, engine: "serverless" })).toEqual({ requests: 2, dashboards: "imported" });
  expect(paths()).toEqual([
    "PUT /_index_template/palisade-ocsf",
    "POST /_dashboards/api/saved_objects/_import?overwrite=true",
  ]);
  expect(bodyOf("/_index_template/palisade-ocsf")).toEqual({
    index_patterns: ["palisade-ocsf*"],
    priority: 100,
    template: { mappings: { dynamic: "false" } },
  });
});

test("a policy that is there is replaced by its version", async () => {
  const { setup, paths } = serverOf({
    [`GET ${POLICY}`]: () => ({ status: 200, text: '{"_seq_no":7,"_primary_term":2}' }),
  });
  await setup(REQUEST);
  expect(paths()).toContain(`PUT ${POLICY}?if_seq_no=7&if_primary_term=2`);
});

test("the saved objects are imported as Dashboards takes them", async () => {
  const { setup, seen } = serverOf(none);
  await setup(REQUEST);
  const { body, headers } = seen.at(-1) as Request_;
  expect(headers).toEqual({
    "content-type": "multipart/form-data; boundary=palisade-saved-objects",
    "osd-xsrf": "true",
  });
  expect(body?.endsWith("\r\n--palisade-saved-objects--\r\n")).toBe(true);
  const form = await new Response(body, { headers }).formData();
  expect(await (form.get("file") as File).text()).toBe('{"id":"one"}\n{"id":"two"}');
});

test.each([300, 400])("Dashboards that take no objects do not stop a deployment: %i", async (status) => {
  const { setup } = serverOf({
    ...none,
    "POST /_dashboards/api/saved_objects/_import?overwrite=true": () => ({ status, text: "" }),
  });
  expect(await setup(REQUEST)).toEqual({ requests: 7, dashboards: `refused with ${status}` });
});

test("what is not in force yet is tried again", async () => {
  const { setup, paths } = serverOf({
    ...none,
    "PUT /_index_template/palisade-ocsf": (tries) => ({
      status: [403, 503, 401, 429, 500][tries - 1] ?? 200,
      text: "",
    }),
  });
  await setup(REQUEST);
  expect(paths().filter((path) => path.startsWith("PUT /_index_template"))).toHaveLength(6);
});

test.each([
  ["PUT /_index_template/palisade-ocsf", 400],
  [`GET ${POLICY}`, 400],
  ["PUT /_index_template/palisade-ocsf", 300],
  [`GET ${POLICY}`, 300],
])("a server that refuses %s with %i fails the deployment", async (what, status) => {
  const text = "why".repeat(200);
  const { setup } = serverOf({ ...none, [what]: () => ({ status, text }) });
  await expect(setup(REQUEST)).rejects.toThrow(new Error(`${what}: ${status}: ${text.slice(0, 300)}`));
});

test("a server that never lets the role in fails the deployment after two minutes", async () => {
  const what = "PUT /_plugins/_security/api/rolesmapping/palisade-writer";
  const { setup, paths } = serverOf({ ...none, [what]: () => ({ status: 403, text: "why" }) });
  await expect(setup(REQUEST)).rejects.toThrow(new Error(`${what}: 403: why`));
  expect(paths().filter((path) => path === what)).toHaveLength(24);
});

test("a server that does not answer is asked again, and at last the deployment fails", async () => {
  let tries = 0;
  const setup = createSetup(async () => {
    tries++;
    throw new Error("no route");
  }, 1);
  await expect(setup(REQUEST)).rejects.toThrow(new Error("no route"));
  expect(tries).toBe(24);
});

const AWS = {
  region: "eu-west-1",
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "token",
  endpoint: "",
};
let server: Server | undefined;
afterEach(() => server?.close());

test.each([
  ["domain", "es"],
  ["serverless", "aoss"],
] as const)("a request to a %s is signed for %s, with the hash of its body", async (engine, service) => {
  const seen: { url?: string; headers: IncomingHttpHeaders; body: string }[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ url: request.url, headers: request.headers, body });
      response.writeHead(201).end("made");
    });
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = createSend(AWS, { engine, endpoint });
  expect(
    await send({ method: "PUT", path: "/x", body: "{}", headers: { "content-type": "application/json" } }),
  ).toEqual({
    status: 201,
    text: "made",
  });
  await send({ method: "GET", path: "/y", headers: {} });
  expect(seen[0]).toMatchObject({ url: "/x", body: "{}" });
  expect(seen[0]?.headers["x-amz-content-sha256"]).toBe(
    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  );
  expect(seen[0]?.headers.authorization).toMatch(
    new RegExp(`/eu-west-1/${service}/aws4_request.*x-amz-content-sha256`),
  );
  expect(seen[1]?.headers["x-amz-content-sha256"]).toMatch(/^e3b0c442/);
});

test.each([
  "http://siem.example",
  "https://siem.example/path",
  "ftp://siem.example",
  "https://siem.example@evil.example",
  "file:https://siem.example",
  "https://",
])("%s is no place to send a signature to", (endpoint) => {
  const create = () => createSend(AWS, { engine: "domain", endpoint });
  expect(create).toThrow(new Error("endpoint: allowed: a URL of https without a path"));
});

test.each(["https://vpc-siem.eu-west-1.es.amazonaws.com", "http://127.0.0.1:9200"])("%s is one", (endpoint) => {
  expect(createSend(AWS, { engine: "domain", endpoint })).toBeTypeOf("function");
});
