import { open } from "node:fs/promises";
import { SandboxError } from "../errors.ts";
import type { StageName } from "./deployed.ts";

/** What the gateway knows of a request, by the names of a log format without `$context.`: `authorizer.principalId`, `status`, ... */
export type RequestContext = Readonly<Record<string, string>>;

/** What the emulator's gateway has told of a stage's requests. */
export interface RequestContexts {
  /** Reads what was told since the last time. */
  read(): Promise<void>;
  /** What is known of a request. */
  of(requestId: string): RequestContext | undefined;
  /** Says that nobody will ask for a request again. */
  forget(requestId: string): void;
}

/** Requests that are kept for whoever asks for them: those that came past the front are asked for by nobody. */
const KEEP = 20_000;
const CHUNK_BYTES = 1 << 20;

/** @param file as `emulator/gateway_context.py` writes it */
export function openContexts(file: string, { restApiId, stageName }: StageName): RequestContexts {
  const known = new Map<string, RequestContext>();
  let position = 0;
  let rest = Buffer.alloc(0);

  function keep(line: Buffer): void {
    const context = JSON.parse(line.toString()) as RequestContext;
    const { apiId, stage, requestId } = context;
    if (apiId !== restApiId || stage !== stageName || requestId === undefined) return;
    known.set(requestId, context);
    const [oldest] = known.keys();
    if (known.size > KEEP && oldest !== undefined) known.delete(oldest);
  }

  return {
    async read() {
      const handle = await open(file).catch((cause: Error) => {
        throw new SandboxError(
          `The emulator's file of requests cannot be read: ${cause.message}`,
          "It is made when the emulator starts, in the sandbox's folder.",
          { cause },
        );
      });
      try {
        for (;;) {
          const chunk = Buffer.alloc(CHUNK_BYTES);
          const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, position);
          if (bytesRead === 0) return;
          position += bytesRead;
          rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
          // The last line may not be whole yet.
          for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
            keep(rest.subarray(0, end));
            rest = rest.subarray(end + 1);
          }
        }
      } finally {
        await handle.close();
      }
    },
    of: (requestId) => known.get(requestId),
    forget: (requestId) => void known.delete(requestId),
  };
}
