import { existsSync, statSync } from "node:fs";
import {
  invalid,
  isPlainObject,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  oneOf,
  requireReason,
  wholeNumber,
} from "@palisade/core";
import {
  type ApiOriginArgs,
  type ContentSourcesArgs,
  type DomainArgs,
  PriceClass,
  type WebFrontendArgs,
} from "./args.ts";
import { DEFAULTS } from "./defaults.ts";
import { contentType, EXTENSIONS, filesIn } from "./files.ts";

/** The arguments, checked, with the defaults filled in. */
export interface WebFrontendSettings {
  folder: string;
  /** Paths below the folder. */
  folderFiles: string[];
  rootFile: string;
  domain?: DomainArgs;
  api?: ApiOriginArgs;
  contentSources?: ContentSourcesArgs;
  strictTransportDays: number;
  priceClass: PriceClass;
  logRetentionDays: number;
  deletable: boolean;
  /** Floors that the arguments lower, each with its reason. */
  lowered: LoweredFloor[];
}

interface Fault {
  property: string;
  received?: unknown;
  receivedText?: string;
  allowed: string;
  fix: string;
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function webFrontendSettings(name: string, args: WebFrontendArgs): WebFrontendSettings {
  const component = "WebFrontend";
  const fail = (fault: Fault): never => {
    throw invalid({ component, name, ...fault });
  };
  const place = (property: string) => ({ component, name, property });
  const lowered = (property: keyof WebFrontendArgs, floor: string, isLowered: boolean): LoweredFloor[] => {
    const reason = args[property] as string | undefined;
    if (isLowered) return [{ floor, reason: requireReason({ ...place(property), reason }) }];
    if (reason === undefined) return [];
    const allowed = `nothing, where the floor ${floor} is not lowered`;
    return fail({ property, received: reason, allowed, fix: `remove ${property}` });
  };
  const folderFiles = checkedFolder(args.folder, fail);
  const rootFile = args.rootFile ?? DEFAULTS.rootFile;
  const further = checkedFiles(args.files ?? {}, folderFiles, fail);
  if (![...folderFiles, ...further].includes(rootFile)) {
    fail({
      property: "rootFile",
      received: rootFile,
      allowed: "a file of folder or of files",
      fix: "add the file, or name another",
    });
  }
  checkDomain(args.domain, fail);
  checkApi(args.api, fail);
  checkSources(args.contentSources, fail);
  return {
    folder: args.folder,
    folderFiles,
    rootFile,
    domain: args.domain,
    api: args.api,
    contentSources: args.contentSources,
    strictTransportDays: wholeNumber(
      place("strictTransportDays"),
      args.strictTransportDays ?? DEFAULTS.strictTransportDays,
      [365, 3650],
    ),
    priceClass: oneOf(place("priceClass"), args.priceClass ?? DEFAULTS.priceClass, Object.values(PriceClass)),
    logRetentionDays: oneOf(
      place("logRetentionDays"),
      args.logRetentionDays ?? DEFAULTS.logRetentionDays,
      LOG_RETENTION_DAYS,
    ),
    deletable: args.allowDeletion !== undefined,
    lowered: [
      ...lowered("allowDeletion", "deletion-protection", args.allowDeletion !== undefined),
      ...lowered("allowDefaultCertificate", "certificate", args.domain === undefined),
      ...lowered("allowNoFirewall", "firewall", args.webAclArn === undefined),
    ],
  };
}

type Fail = (fault: Fault) => never;

function checkedFolder(folder: unknown, fail: Fail): string[] {
  const isFolder = typeof folder === "string" && existsSync(folder) && statSync(folder).isDirectory();
  if (!isFolder) {
    return fail({
      property: "folder",
      received: folder,
      allowed: "the path of a folder that exists",
      fix: "build the page first, and give the folder that it is built into",
    });
  }
  const files = filesIn(folder as string);
  for (const file of files) checkType(`folder/${file}`, file, fail);
  return files;
}

const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

function checkedFiles(files: unknown, taken: readonly string[], fail: Fail): string[] {
  if (!isPlainObject(files)) {
    const fix = "pass a literal: its keys decide which files exist";
    return fail({
      property: "files",
      received: files,
      allowed: "a literal record: each file's text, by its path",
      fix,
    });
  }
  for (const path of Object.keys(files)) {
    const property = `files[${JSON.stringify(path)}]`;
    if (!PATH.test(path) || taken.includes(path)) {
      fail({
        property,
        receivedText: taken.includes(path) ? "a file of the folder too" : "a path of another form",
        allowed: "a path of letters, digits, `._-` and `/` that the folder does not have, such as config.json",
        fix: "rename the file",
      });
    }
    checkType(property, path, fail);
  }
  return Object.keys(files);
}

function checkType(property: string, path: string, fail: Fail): void {
  if (contentType(path) !== undefined) return;
  fail({
    property,
    receivedText: "a file of an unknown type",
    allowed: EXTENSIONS.join(", "),
    fix: "keep it out of the folder: what is in it is public",
  });
}

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

function checkDomain(domain: unknown, fail: Fail): void {
  if (domain === undefined) return;
  const { name, certificateArn } = isPlainObject(domain) ? domain : {};
  if (typeof name === "string" && HOST.test(name) && certificateArn !== undefined) return;
  fail({
    property: "domain",
    received: isPlainObject(domain) ? name : domain,
    allowed: "a literal { name, certificateArn } whose name is a host in lower case, such as shop.example.com",
    fix: "give both, or leave domain out and say why in allowDefaultCertificate",
  });
}

const API_PATH = /^\/[A-Za-z0-9._~\-/*?]{1,254}$/;

function checkApi(api: unknown, fail: Fail): void {
  if (api === undefined) return;
  const { url, paths } = isPlainObject(api) ? api : {};
  const areFew = Array.isArray(paths) && paths.length >= 1 && paths.length <= 24;
  if (url === undefined || !areFew) {
    fail({
      property: "api.paths",
      received: paths,
      allowed: "a literal { url, paths } with 1 to 24 paths",
      fix: "list the paths that the page calls",
    });
  }
  for (const path of paths as unknown[]) {
    if (typeof path === "string" && API_PATH.test(path) && path !== "/*") continue;
    fail({
      property: "api.paths",
      received: path,
      allowed: "paths that begin with a slash, `*` for any characters and `?` for any one, and not all of them",
      fix: "name what the API serves; every other path is the page's",
    });
  }
}

const SOURCE = /^https:\/\/[a-z0-9*.-]+(?::\d{1,5})?(?:\/[\w.~/-]*)?$/;

function checkSources(sources: unknown, fail: Fail): void {
  if (sources === undefined) return;
  const lists = isPlainObject(sources) ? Object.entries(sources) : [["", sources]];
  for (const [list, values] of lists as [string, unknown][]) {
    const wrong = Array.isArray(values) ? values.find((value) => !SOURCE.test(String(value))) : values;
    if (Array.isArray(values) && wrong === undefined) continue;
    // A keyword such as 'unsafe-inline', or a scheme alone, would let in what the policy is there to keep out.
    fail({
      property: `contentSources${list && `.${list}`}`,
      received: wrong,
      allowed: "a literal list of https:// hosts, such as https://images.example.com",
      fix: "name the hosts",
    });
  }
}
