/**
 * Stands in for GuardDuty's Lambda protection: a call that the sink observed becomes a finding where the deployed program has a detector that is on,
 * with the feature for the network activity of functions, and an active list that names the address. Where any of these is missing there is none.
 */

import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { AwsClients } from "../clients.ts";
import type { Identity } from "../identity.ts";
import { type Fed, type FedEvent, feedEvent } from "./feed.ts";
import { type CallingFunction, findingEvent, type Sighting } from "./finding.ts";
import { type SinkCall, startSink } from "./sink.ts";
import { readStored, type Stored, type StoredThreatList } from "./store.ts";

/** A call to an address, and what came of it. */
export interface ObservedCall extends SinkCall {
  /** GuardDuty's finding; absent where the deployed program has nothing that would see the call. */
  finding?: FedEvent;
  /** What EventBridge did with it. */
  fed?: Fed;
  /** What went wrong with it, of the sandbox's own. */
  error?: string;
}

/** The stand-in. */
export interface ThreatWatch {
  /** Where functions of the sandbox reach every listed address: `127.0.0.1:<port>`. */
  sink: string;
  /** Waits for what is at work, and gives every call so far, oldest first. */
  calls(): Promise<readonly ObservedCall[]>;
  close(): Promise<void>;
}

export interface WatchParts {
  identity: Identity;
  clients: AwsClients;
  /** The sandbox's folder. */
  directory: string;
}

const FEATURE = "LAMBDA_NETWORK_LOGS";

/** Starts the sink, and turns what it observes into findings at once; GuardDuty takes minutes. */
export async function startWatch({ identity, clients, directory }: WatchParts): Promise<ThreatWatch> {
  const calls: ObservedCall[] = [];
  const sightings = new Map<string, Sighting>();
  let working: Promise<void> = Promise.resolve();

  const judge = async (call: ObservedCall): Promise<void> => {
    const list = await listOf(clients, await readStored(directory), call.address);
    if (list === undefined) return;
    const caller = await describe(clients, call.functionName);
    const key = `${caller.functionArn} ${call.address}`;
    const before = sightings.get(key);
    const sighting: Sighting = {
      detectorId: list.detectorId,
      threatListName: list.name,
      address: call.address,
      port: call.port,
      localPort: call.localPort,
      caller,
      firstSeen: before?.firstSeen ?? call.time,
      lastSeen: call.time,
      count: (before?.count ?? 0) + 1,
    };
    sightings.set(key, sighting);
    call.finding = findingEvent(identity, sighting);
    call.fed = await feedEvent(clients, call.finding);
  };

  const sink = await startSink((call) => {
    const observed: ObservedCall = { ...call };
    calls.push(observed);
    working = working
      .then(() => judge(observed))
      .catch((error: Error) => {
        observed.error = `${error.name}: ${error.message}`;
      });
  });
  return {
    sink: sink.place,
    calls: async () => {
      await working;
      return calls;
    },
    close: async () => {
      await sink.close();
      await working;
    },
  };
}

/** The first active list that names an address, of a detector that looks at what functions call. */
async function listOf(
  clients: AwsClients,
  stored: readonly Stored[],
  address: string,
): Promise<StoredThreatList | undefined> {
  const looking = new Set(
    stored.flatMap((each) =>
      each.kind === "feature" && each.name === FEATURE && each.status === "ENABLED" ? [each.detectorId] : [],
    ),
  );
  const on = new Set(stored.flatMap((each) => (each.kind === "detector" && each.enable ? [each.id] : [])));
  for (const each of stored) {
    if (each.kind !== "threat-list" || !each.active || !looking.has(each.detectorId) || !on.has(each.detectorId))
      continue;
    if ((await addressesOf(clients, each.location)).includes(address)) return each;
  }
  return undefined;
}

/** The lines of a list of the format TXT. */
async function addressesOf({ s3 }: AwsClients, location: string): Promise<string[]> {
  const { hostname, pathname } = new URL(location);
  const path = decodeURIComponent(pathname).slice(1);
  const inPath = location.startsWith("https://s3");
  const Bucket = inPath ? path.slice(0, path.indexOf("/")) : (hostname.split(".")[0] as string);
  const Key = inPath ? path.slice(path.indexOf("/") + 1) : path;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return ((await Body?.transformToString()) ?? "").split(/\r?\n/).map((line) => line.trim());
}

async function describe({ lambda }: AwsClients, FunctionName: string): Promise<CallingFunction> {
  const { Configuration = {}, Tags = {} } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  return {
    functionName: Configuration.FunctionName ?? FunctionName,
    functionArn: Configuration.FunctionArn ?? "",
    description: Configuration.Description ?? "",
    lastModifiedAt: Configuration.LastModified ?? "",
    revisionId: Configuration.RevisionId ?? "",
    functionVersion: Configuration.Version ?? "$LATEST",
    role: Configuration.Role ?? "",
    tags: Object.entries(Tags).map(([key, value]) => ({ key, value })),
  };
}
