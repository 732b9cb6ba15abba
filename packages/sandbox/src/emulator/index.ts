import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SandboxError } from "../errors.ts";
import { labDirectory, type OnProgress } from "../paths.ts";
import { freePort, requireFreePort } from "../ports.ts";
import { cleanEnvironment } from "../process/environment.ts";
import { type GuardedProcess, startGuarded } from "../process/guarded.ts";
import { installEmulator } from "./install.ts";

const LAUNCHER = fileURLToPath(new URL("./launch.py", import.meta.url));

/** The account that the emulator plays: the one that AWS's own documentation uses for examples. */
export const ACCOUNT_ID = "123456789012";

/**
 * The administrator of the emulated account. With AUTH=true MiniStack takes the access key `test` for the account's root
 * and checks no signature of it; every other key is checked. It is not a secret, and opens nothing but the emulator.
 */
export const ADMINISTRATOR = { accessKeyId: "test", secretAccessKey: "test" } as const;

export interface EmulatorOptions {
  /** The sandbox's folder, which exists. */
  directory: string;
  region: string;
  /** Port of 127.0.0.1. Default: a free one. */
  port?: number;
  /** Where the functions find Verified Permissions, as AWS's SDKs read it of the environment. Default: on the emulator, which has none. */
  permissionsUrl?: string;
  /** The SMTP port of 127.0.0.1 that SNS sends mail to. Default: none, and it sends no mail. */
  smtpPort?: number;
  onProgress?: OnProgress;
}

export interface Emulator {
  /** Base URL without a trailing slash. */
  url: string;
  port: number;
  process: GuardedProcess;
  /** What its gateway knows of each request: lines of JSON (`gateway_context.py`). */
  contextsFile: string;
  /** The emulator's own log. */
  logFile: string;
  stop(): Promise<void>;
}

/** Between its choice and its use a free port can be taken by another process; then another one is tried. */
const PORT_ATTEMPTS = 3;

/**
 * Starts MiniStack on 127.0.0.1 and waits until it answers.
 *
 * @throws SandboxError when it cannot be installed, when the port is in use, and when it ends or stays silent for 60 seconds.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const onProgress = options.onProgress ?? (() => {});
  const interpreter = await installEmulator(labDirectory, onProgress);
  if (options.port !== undefined) await requireFreePort(options.port, "the AWS emulator");
  const logFile = join(options.directory, "emulator.log");
  await mkdir(join(options.directory, "tmp"), { recursive: true });
  // Functions are unpacked below; without this the repository's own package.json would make their `.js` files ES modules.
  await writeFile(join(options.directory, "tmp", "package.json"), '{ "type": "commonjs" }\n');

  onProgress("Starting the AWS emulator");
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = await startGuarded(interpreter, ["-B", LAUNCHER], {
      cwd: options.directory,
      env: environment(options, port),
      logFile,
    });
    const url = `http://127.0.0.1:${port}`;
    const code = await waitUntilHealthy(url, child, join(options.directory, "tmp", `ministack-${port}.pid`));
    if (code === "healthy") {
      const contextsFile = contextsFileOf(options.directory);
      return { url, port, process: child, contextsFile, logFile, stop: () => child.stop() };
    }
    await child.stop();
    const log = (await readFile(logFile, "utf8")).trim();
    if (options.port === undefined && attempt < PORT_ATTEMPTS && /already in use/i.test(log)) continue;
    throw new SandboxError(
      code === "silent"
        ? "The AWS emulator did not answer within 60 seconds."
        : `The AWS emulator ended with code ${code} before it answered:\n${log.split("\n").slice(-5).join("\n")}\n`,
      `Its log is ${logFile}.`,
    );
  }
}

const contextsFileOf = (directory: string) => join(directory, "gateway-contexts.jsonl");

function environment(options: EmulatorOptions, port: number): Record<string, string> {
  const { directory } = options;
  return cleanEnvironment(directory, {
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    // Listeners of their own, on every interface, of services that nothing here uses.
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    AUTH: "true",
    CLOUDTRAIL_RECORDING: "1",
    // The oldest are forgotten: more than a busy minute's, after which they are delivered to the trails' buckets.
    CLOUDTRAIL_MAX_EVENTS: "20000",
    MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
    MINISTACK_REGION: options.region,
    MINISTACK_HOST: "localhost",
    LAMBDA_EXECUTOR: "local",
    // Functions inherit the emulator's environment.
    ...(options.permissionsUrl && { AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: options.permissionsUrl }),
    ...(options.smtpPort !== undefined && { PALISADE_SMTP_PORT: String(options.smtpPort) }),
    PALISADE_GATEWAY_CONTEXTS: contextsFileOf(directory),
    LOG_LEVEL: "WARNING",
    S3_DATA_DIR: join(directory, "s3"),
    STATE_DIR: join(directory, "state"),
    // A Docker engine that happens to run here is none of the emulator's business: it would start and reap containers.
    DOCKER_HOST: `unix://${join(directory, "no-docker.sock")}`,
    PYTHONUNBUFFERED: "1",
    // The emulator's wrapper around functions calls url.parse(), whose warning would be in every function's log.
    NODE_OPTIONS: "--disable-warning=DEP0169",
  });
}

/**
 * Waits until the emulator answers; else says with which exit code it ended, or that it stays silent.
 *
 * @param pidFile The file that MiniStack writes once it has found the port free: without it, whoever answers is another.
 */
async function waitUntilHealthy(
  url: string,
  child: GuardedProcess,
  pidFile: string,
): Promise<"healthy" | "silent" | number> {
  let ended: number | undefined;
  child.exited.then((code) => {
    ended = code;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (ended !== undefined) return ended;
    const healthy =
      existsSync(pidFile) &&
      (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      ));
    if (healthy) return "healthy";
    await sleep(25);
  }
  return "silent";
}
