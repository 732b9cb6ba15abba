import { randomUUID } from "node:crypto";
import type { WAFV2Client } from "@aws-sdk/client-wafv2";
import { type DeployedWebAcl, readDeployed } from "./deployed.ts";
import { logRecord, type WafLogRecord } from "./log.ts";
import type { EdgeRequest } from "./request.ts";
import { type CompiledWebAcl, compileWebAcl, type EdgeAnswer, type Verdict } from "./web-acl.ts";

export { EdgeError } from "./errors.ts";
export type { WafLogRecord } from "./log.ts";
export type { EdgeRequest } from "./request.ts";
export { type CompiledWebAcl, compileWebAcl, type Verdict } from "./web-acl.ts";

export interface EdgeOptions {
  client: WAFV2Client;
  /** ARN of the API's stage, `arn:aws:apigateway:<region>::/restapis/<id>/stages/<stage>`. */
  resourceArn: string;
  /** Account of the stage, for the log's `httpSourceId`. */
  accountId: string;
  /** The sandbox's folder. */
  directory: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
  /** Log records that are kept; the oldest go first. Default: 10000. */
  keep?: number;
}

/** What the edge decided. */
export type Decision =
  | { kind: "pass"; insertedHeaders: [name: string, value: string][] }
  /** A rule of the web ACL ended the request. */
  | { kind: "stopped"; rule: string; answer: EdgeAnswer; requestId: string }
  /** The edge itself failed, and denies; no rule has stopped anything. */
  | { kind: "failed"; error: Error; answer: EdgeAnswer };

/** What stands in front of one stage: the web ACL that is associated with it. */
export interface Edge {
  /** Bytes of a body that a decision needs; 0 when no web ACL is associated. */
  bodyBytes(): number;
  /** Decides on one request. Never throws: what fails is denied. */
  decide(request: Omit<EdgeRequest, "requestId">, bodySize: number): Decision;
  /** Reads the web ACL anew: after this, changes and a new association or none count. */
  reload(): Promise<void>;
  /** Managed rule groups of the web ACL, which are declared and never match: `vendor:name`. */
  declared(): readonly string[];
  /** The log's records so far, oldest first; none without a logging configuration. */
  wafLog(): readonly WafLogRecord[];
}

/** API Gateway's answer when its call of AWS WAF fails: nothing passes. */
const FAILED: EdgeAnswer = {
  status: 500,
  headers: [
    ["content-type", "application/json"],
    ["x-amzn-errortype", "InternalServerErrorException"],
  ],
  body: '{"message":"Internal server error"}',
};

/**
 * Makes the edge of a stage, and reads its web ACL.
 *
 * @throws EdgeError when the web ACL has something that the edge does not evaluate.
 */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const { client, resourceArn, accountId, directory, now = Date.now, keep = 10_000 } = options;
  const [, restApiId, stage] = /\/restapis\/([^/]+)\/stages\/(.+)$/.exec(resourceArn) ?? [];
  const httpSourceId = `${accountId}:${restApiId}:${stage}`;
  const records: WafLogRecord[] = [];
  let deployed: DeployedWebAcl | undefined;
  let compiled: CompiledWebAcl | undefined;
  let broken: Error | undefined;

  async function reload(): Promise<void> {
    try {
      deployed = await readDeployed(client, resourceArn, directory);
      compiled = deployed && compileWebAcl({ ...deployed, now });
      broken = undefined;
    } catch (error) {
      // A web ACL that cannot be evaluated lets nothing pass, instead of everything.
      broken = error as Error;
      throw error;
    }
  }

  function log(verdict: Verdict, bodySize: number): void {
    const config = deployed?.loggingConfiguration;
    if (!config) return;
    const webAclArn = compiled?.acl.ARN as string;
    const record = logRecord(verdict, { webAclArn, httpSourceId, timestamp: now(), bodySize }, config);
    if (!record) return;
    records.push(record);
    if (records.length > keep) records.splice(0, records.length - keep);
  }

  await reload();
  return {
    reload,
    bodyBytes: () => (compiled ? compiled.bodyLimit + 1 : 0),
    declared: () => compiled?.declared ?? [],
    wafLog: () => records,
    decide(request, bodySize) {
      if (broken) return { kind: "failed", error: broken, answer: FAILED };
      if (!compiled) return { kind: "pass", insertedHeaders: [] };
      try {
        const requestId = randomUUID();
        const verdict = compiled.evaluate({ ...request, requestId });
        log(verdict, bodySize);
        if (verdict.action === "ALLOW") return { kind: "pass", insertedHeaders: verdict.insertedHeaders };
        return { kind: "stopped", rule: verdict.rule, answer: verdict.answer as EdgeAnswer, requestId };
      } catch (error) {
        return { kind: "failed", error: error as Error, answer: FAILED };
      }
    },
  };
}
