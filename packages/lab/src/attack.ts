import type { AwsSession, StolenCredentials } from "./aws-session.ts";
import type { DefenceId } from "./defences.ts";
import type { Developer } from "./developer.ts";
import type { Exchange, LabRequest, Purpose } from "./exchange.ts";
import type { ForeignApi } from "./foreign-api.ts";
import type { KeySetFault } from "./key-set-fault.ts";
import type { SeedIds } from "./seed.ts";
import type { Sink } from "./sink.ts";
import type { TokenForge } from "./tokens.ts";
import type { LabUser, UserName } from "./users.ts";

/** What an attack did. `exploited` is earned by `effect` alone, so it may only be true when the effect was seen. */
export interface Outcome {
  readonly effect: boolean;
  /** One sentence with the fact that proves the effect, or what came back instead. */
  readonly evidence: string;
}

/** Whether the legitimate twin was served. */
export interface TwinOutcome {
  readonly ok: boolean;
  readonly evidence: string;
}

/** A page that a user's browser opens; `cookies` are planted there before, as another page of the domain can. */
export type PageRequest = Pick<LabRequest, "client" | "path" | "headers"> & {
  readonly cookies?: Readonly<Record<string, string>>;
};

/** What an attack may use. Everything in it is on 127.0.0.1. */
export interface AttackContext {
  readonly stage: string;
  /** What a client on the internet would call, without a trailing slash: what a page of another site sends its visitors' requests to. */
  readonly edgeUrl: string;
  readonly users: Readonly<Record<UserName, LabUser>>;
  readonly seed: SeedIds;
  /** The API key that the stage's clients hold; where the stage has none, a key of another stage. */
  readonly apiKey: string;
  readonly sink: Sink;
  /** The API's own address, which a custom domain does not cover: its host, and the path that its stage is at. */
  readonly apiAddress: { readonly host: string; readonly path: string };
  /** A file of the lab's own folder, which no client of the API may read. */
  readonly canary: { readonly path: string; readonly content: string };
  readonly forge: TokenForge;
  /** The headers by which a user is known to the stage, for machine clients. */
  as(user: UserName): Record<string, string>;
  /** The headers by which a user's browser is known to the stage: the session cookie that `POST /session` set. */
  session(user: UserName): Promise<Record<string, string>>;
  /** An address that nobody has attacked from yet, so that what the firewall remembers of others does not count. */
  freshAddress(): string;
  /**
   * Sends one request many times, one after the other, and keeps the first one and the last one that was not served as evidence.
   *
   * @returns how many were served, and the last exchange
   */
  flood(request: LabRequest, count: number): Promise<{ served: number; last: Exchange }>;
  /** Sends a request and keeps it as evidence. The purpose is `attack` unless told otherwise. */
  send(request: LabRequest, purpose?: Purpose): Promise<Exchange>;
  /** Opens a page in the browser and keeps it as evidence. Only for attacks that need one. */
  open(request: PageRequest, purpose?: Purpose): Promise<Exchange>;
  /**
   * Has a signed-in user open a page of another site, and keeps the request to the stage that the page causes.
   *
   * @param request `sameSite`: the page is on another host of the same site, whose requests SameSite cookies go with
   */
  lure(
    request: Pick<LabRequest, "client" | "method" | "path"> & { html: string; sameSite?: boolean },
  ): Promise<Exchange>;
  /** Runs a script in a page of the stage's own host that a signed-in user has open; what it finds is the answer's body. */
  runScript(request: Pick<LabRequest, "client"> & { script: string }): Promise<Exchange>;
  /**
   * Revokes all of a user's tokens, as an administrator does, where the stage has a way to.
   *
   * @returns lets them be good again
   */
  revoke(user: UserName): Promise<() => Promise<void>>;
  /**
   * Keeps the pool's key set from the stage's authorizer, where it has one, and lets its process be a new one.
   *
   * @returns gives the key set back
   */
  withholdKeySet(fault: KeySetFault): Promise<() => Promise<void>>;
  /** An API in an account of the attacker's own, with one operation that the stage's authorizer and function are to answer. */
  foreignApi(operation: string, target: string): Promise<ForeignApi>;
  /** AWS calls with credentials that the attack stole; each call is kept as evidence. */
  aws(credentials: StolenCredentials): AwsSession;
  /** The credentials of a team's developers: stolen by the attack, or used by the team itself. Each call is kept. */
  developer(team: string, purpose: Purpose): Promise<Developer>;
}

/** One attack: a request, the effect that proves it, and the legitimate request that must still be served. */
export interface Attack {
  /** Kebab case; the name of the attack's file. */
  readonly id: string;
  readonly title: string;
  /** OWASP Serverless Top 10 (`SAS-n`) or API Security Top 10 2023 (`APIn:2023`) ids. */
  readonly owasp: readonly string[];
  /** Section of the paper, e.g. `III.2.C`: area, part, heading. */
  readonly paper: string;
  /** The defences of prod that stand against it, outermost first. `pnpm lab layers` takes them away one by one. */
  readonly defences: readonly DefenceId[];
  /**
   * Where nothing of prod reads what the attack carries, what prod does in its place. Then the attack has no effect once its defences are
   * gone either, and is held by the absence of what it attacks: without this sentence, an attack that fails for no recorded reason is
   * an error.
   */
  readonly unread?: string;
  /** The operation that the attack calls, as in functions/openapi.yaml; its method is the one that a gateway layer is removed from. */
  readonly operation: string;
  /** The function that serves it: a folder of functions/src. */
  readonly target: string;
  /** What the machine must have for it; where it has not, the verdict is `not run`. */
  readonly needs?: "browser" | "addresses";
  run(context: AttackContext): Promise<Outcome>;
  twin(context: AttackContext): Promise<TwinOutcome>;
}
