import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EdgeError } from "./errors.ts";

/**
 * The detectors behind `SqliMatchStatement` and `XssMatchStatement`: libinjection (github.com/corazawaf/libinjection-go, BSD-3-Clause),
 * compiled to WebAssembly by `edge-wasm/build.sh`. It stands in for AWS's own detectors, which are not published.
 */
export interface Libinjection {
  /** @param text One character a byte (`latin1`). */
  sqli(text: string): boolean;
  /** @param text One character a byte (`latin1`). */
  xss(text: string): boolean;
}

interface Detectors {
  memory: WebAssembly.Memory;
  _initialize(): void;
  reserve(size: number): number;
  sqli(size: number): number;
  xss(size: number): number;
}

const WASM = join(import.meta.dirname, "..", "..", "edge-wasm", "libinjection.wasm");
/** Kept free after the longest input so far, so that the buffer is seldom made anew. */
const SLACK = 4096;

/** Of a text whose answer is remembered, in characters; together at most 4 MB a detector. */
const MAX_REMEMBERED_LENGTH = 1024;
const MAX_REMEMBERED = 4096;

let compiled: WebAssembly.Module | undefined;

/** Makes an instance of its own; the module is compiled once. */
export function loadLibinjection(): Libinjection {
  compiled ??= new WebAssembly.Module(readFileSync(WASM));
  const module = compiled;
  let instance: Detectors | undefined;
  let address = 0;
  let capacity = 0;
  let bytes = Buffer.alloc(0);

  function detect(kind: "sqli" | "xss", text: string): boolean {
    // An instance that failed is never used again: Go's runtime does not survive a panic.
    const current = instance ?? instantiate(module);
    instance = undefined;
    if (text.length > capacity) {
      capacity = text.length + SLACK;
      address = current.reserve(capacity);
    }
    // The memory is another one after it has grown, which any call may do.
    if (bytes.buffer !== current.memory.buffer || bytes.byteOffset !== address || bytes.length !== capacity) {
      bytes = Buffer.from(current.memory.buffer, address, capacity);
    }
    bytes.write(text, "latin1");
    const found = current[kind](text.length) === 1;
    instance = current;
    return found;
  }

  function instantiate(from: WebAssembly.Module): Detectors {
    capacity = 0;
    const made = new WebAssembly.Instance(from, { wasi_snapshot_preview1: host(() => detectors.memory) });
    const detectors = made.exports as unknown as Detectors;
    detectors._initialize();
    return detectors;
  }

  return {
    sqli: remembering((text) => detect("sqli", text)),
    xss: remembering((text) => detect("xss", text)),
  };
}

/**
 * Remembers answers about short texts: most headers and many arguments are the same in each request of a client. What fails is not
 * remembered.
 */
function remembering(detect: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    if (text.length > MAX_REMEMBERED_LENGTH) return detect(text);
    let found = known.get(text);
    if (found === undefined) {
      found = detect(text);
      if (known.size === MAX_REMEMBERED) known.clear();
      known.set(text, found);
    }
    return found;
  };
}

/**
 * The few system calls that Go's runtime makes (github.com/WebAssembly/WASI, snapshot preview 1), by hand: the module gets a clock and
 * random bytes, and no file, environment or argument. `node:wasi` would give it more, and warns on stderr in every process.
 */
export function host(memory: () => WebAssembly.Memory): WebAssembly.ModuleImports {
  const SUCCESS = 0;
  const view = () => new DataView(memory().buffer);
  const none = (countAt: number, sizeAt: number) => {
    view().setUint32(countAt, 0, true);
    view().setUint32(sizeAt, 0, true);
    return SUCCESS;
  };
  return {
    args_sizes_get: none,
    args_get: () => SUCCESS,
    environ_sizes_get: none,
    environ_get: () => SUCCESS,
    sched_yield: () => SUCCESS,
    clock_time_get: (_clock: number, _precision: bigint, at: number) => {
      view().setBigUint64(at, process.hrtime.bigint(), true);
      return SUCCESS;
    },
    random_get: (at: number, size: number) => {
      crypto.getRandomValues(new Uint8Array(memory().buffer, at, size));
      return SUCCESS;
    },
    // Nothing to wait for: no event, and no time to sleep.
    poll_oneoff: (_subscriptions: number, _events: number, _count: number, at: number) => {
      view().setUint32(at, 0, true);
      return SUCCESS;
    },
    // Go writes a panic's message piece by piece; the error below says that there was one.
    fd_write: (_fd: number, vectors: number, count: number, at: number) => {
      let written = 0;
      for (let i = 0; i < count; i++) written += view().getUint32(vectors + 8 * i + 4, true);
      view().setUint32(at, written, true);
      return SUCCESS;
    },
    proc_exit: (code: number) => {
      throw new EdgeError(`libinjection ended with code ${code} on this input; the request is denied`);
    },
  };
}
