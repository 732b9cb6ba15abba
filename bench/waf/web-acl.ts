import { randomUUID } from "node:crypto";
import { startSandbox } from "@palisade/sandbox";
import { type DeployedWebAcl, readDeployed } from "../../packages/sandbox/src/edge/deployed.ts";
import { compileWebAcl } from "../../packages/sandbox/src/edge/index.ts";
import type { Judgement } from "./commands.ts";
import type { BenchRequest } from "./requests.ts";

/** The rules against injection, by EdgeFirewall's keys. */
const INJECTION = /^(sql-injection|cross-site-scripting|injection-)/;

/** Makes prod in a sandbox, as its program is, reads its web ACL back from the emulator, and ends the sandbox. */
export async function prodWebAcl(onProgress: (line: string) => void): Promise<DeployedWebAcl> {
  const { default: program } = await import("@palisade/stacks");
  const sandbox = await startSandbox({ onProgress });
  try {
    const { outputs } = await sandbox.provision({ stage: "prod", program });
    const { restApiId, stageName } = outputs as { restApiId: string; stageName: string };
    const arn = `arn:aws:apigateway:${sandbox.identity.region}::/restapis/${restApiId}/stages/${stageName}`;
    const deployed = await readDeployed(sandbox.clients.wafv2, arn, sandbox.directory);
    if (deployed) return deployed;
    throw new Error("bench:waf: no web ACL is associated with prod's stage");
  } finally {
    await sandbox.close();
  }
}

/**
 * Judges requests with the sandbox's evaluator. Every request comes from an address of its own, so that no rate is ever exceeded, and
 * the detectors' memory of texts is new.
 */
export function judgeWith(
  deployed: DeployedWebAcl,
  requests: readonly BenchRequest[],
): (Judgement & { rule: string })[] {
  const webAcl = compileWebAcl(deployed);
  return requests.map((request, index) => {
    const [path = "", ...query] = request.uri.split("?");
    const started = process.hrtime.bigint();
    const { action, rule, counted } = webAcl.evaluate({
      ...request,
      path,
      query: query.join("?"),
      httpVersion: request.version.replace("HTTP/", ""),
      clientIp: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      requestId: randomUUID(),
    });
    const nanoseconds = Number(process.hrtime.bigint() - started);
    const injection = [rule, ...counted.map(({ ruleId }) => ruleId)].some((name) => INJECTION.test(name));
    return { blocked: action !== "ALLOW", injection, nanoseconds, rule };
  });
}
