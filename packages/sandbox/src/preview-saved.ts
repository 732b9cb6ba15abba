import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { SandboxError } from "./errors.ts";

/** What is kept of a preview, to compare the next one with. It holds no secret and no file. */
export interface SavedPreview {
  version: 1;
  stage: string;
  /** URN to inputs. */
  resources: Record<string, Record<string, unknown>>;
  /** Findings, each as one text: rule, resource and key. */
  findings: string[];
}

/** What became different since a preview was saved. */
export interface PreviewChanges {
  added: string[];
  removed: string[];
  /** URNs with the paths of the inputs that differ. */
  changed: { urn: string; paths: string[] }[];
  newFindings: string[];
  resolvedFindings: string[];
}

/** Where a stage's preview is kept unless another file is named; git ignores the folder. */
export function savedFile(stage: string): string {
  return `.palisade/preview-${stage}.json`;
}

/**
 * @returns undefined when there is no such file.
 * @throws SandboxError for a file that is no saved preview of the stage.
 */
export async function readSaved(file: string, stage: string): Promise<SavedPreview | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  let saved: Partial<SavedPreview> | undefined;
  try {
    saved = JSON.parse(text);
  } catch {
    saved = undefined;
  }
  if (saved?.version !== 1 || saved.stage !== stage) {
    throw new SandboxError(
      `${file} is no saved preview of ${stage}${saved?.stage === undefined ? "" : `, but of ${saved.stage}`}.`,
      `Name another file with --saved, or write it anew: pnpm preview ${stage} --save`,
    );
  }
  return saved as SavedPreview;
}

export async function writeSaved(file: string, saved: SavedPreview): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(saved, undefined, 2)}\n`);
}

/** Compares two previews of one stage. A secret that became another one is not seen: secrets are not saved. */
export function changesSince(saved: SavedPreview, now: SavedPreview): PreviewChanges {
  const urns = (preview: SavedPreview) => Object.keys(preview.resources).sort();
  return {
    added: urns(now).filter((urn) => !Object.hasOwn(saved.resources, urn)),
    removed: urns(saved).filter((urn) => !Object.hasOwn(now.resources, urn)),
    changed: urns(now)
      .filter((urn) => Object.hasOwn(saved.resources, urn))
      .map((urn) => ({ urn, paths: differing(saved.resources[urn], now.resources[urn], "") }))
      .filter(({ paths }) => paths.length > 0),
    newFindings: now.findings.filter((each) => !saved.findings.includes(each)),
    resolvedFindings: saved.findings.filter((each) => !now.findings.includes(each)),
  };
}

/** Paths at which two values differ, as Pulumi writes them; JSON texts are compared by what they mean. */
function differing(old: unknown, now: unknown, path: string): string[] {
  const [a, b] = [opened(old), opened(now)];
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    return JSON.stringify(a) === JSON.stringify(b) ? [] : [path];
  }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap((key) => {
    const below = Array.isArray(a) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return differing(a[key], b[key], below);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}

function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
