import { createRequire } from "node:module";

/** The Cedar engine, the one that Verified Permissions runs, as WebAssembly (github.com/cedar-policy/cedar, Apache-2.0). */
export type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");

const require = createRequire(import.meta.url);

/** Loads the engine on its first use: it is 4 MB, and a program without a policy store should not wait for it. */
export function cedar(): Cedar {
  return require("@cedar-policy/cedar-wasm/nodejs") as Cedar;
}
