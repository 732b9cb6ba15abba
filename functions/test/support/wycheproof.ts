import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const MODULE = "github.com/c2sp/wycheproof@v0.0.0-20260902155932-3fa63dd0344a";
/** Of the module's content, as Go's checksum database has it: https://go.dev/ref/mod#go-sum-files */
const SUM = "h1:pNbL2nztRsWfW/ispAwsvcDFxs9Id38uIsR2/Up5G2c=";

/** A key of a vector, with its private part where the vector has one. */
export type VectorKey = Record<string, unknown> & {
  kid?: string;
  kty?: string;
  alg?: string;
  d?: string;
  key_ops?: string[];
};

/** One token of the vectors, and the keys that it is to be verified with. */
export interface Vector {
  file: string;
  group: string;
  id: number;
  comment: string;
  keys: VectorKey[];
  /** A text, or the JSON serialization, which is no text. */
  jws: unknown;
  valid: boolean;
}

/**
 * The tokens of Project Wycheproof's vectors for JSON Web Signature and JSON Web Key. Go fetches the module, from where it is set up to, and
 * its checksum is held.
 *
 * @returns undefined, with the reason on the console, where Go or the module cannot be had
 * @throws Error in CI, where a test that was not run must not look like one that passed
 */
export async function wycheproofVectors(): Promise<Vector[] | undefined> {
  let folder: string;
  try {
    const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", MODULE], { timeout: 60_000 });
    const { Dir, Sum } = JSON.parse(stdout) as { Dir: string; Sum: string };
    if (Sum !== SUM) throw new Error(`the module's checksum is ${Sum}; it was ${SUM}`);
    folder = Dir;
  } catch (error) {
    const reason = `Wycheproof's vectors are missing: \`go mod download ${MODULE}\` failed: ${(error as Error).message}`;
    if (process.env.CI) throw new Error(reason);
    console.warn(
      `${reason}\nNOT TESTED: tokens of Wycheproof at the authorizer's entry point. Install Go to test them.`,
    );
    return undefined;
  }
  const files = ["json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"];
  return (await Promise.all(files.map((file) => vectorsIn(folder, file)))).flat();
}

interface VectorFile {
  testGroups: {
    comment: string;
    private?: VectorKey & { keys?: VectorKey[] };
    public?: VectorKey & { keys?: VectorKey[] };
    tests: { tcId: number; comment: string; jws?: unknown; result: string }[];
  }[];
}

async function vectorsIn(folder: string, file: string): Promise<Vector[]> {
  const { testGroups } = JSON.parse(await readFile(join(folder, "testvectors_v1", file), "utf8")) as VectorFile;
  return testGroups.flatMap((group) => {
    const owner = group.private ?? group.public ?? {};
    return group.tests
      .filter(({ jws }) => jws !== undefined)
      .map(({ tcId, comment, jws, result }) => ({
        file,
        group: group.comment,
        id: tcId,
        comment,
        keys: owner.keys ?? [owner],
        jws,
        valid: result === "valid",
      }));
  });
}
