import { WaitPeriodNotYetEndedJwkError } from "aws-jwt-verify/error";
import { type Jwks, SimpleJwksCache } from "aws-jwt-verify/jwk";
import { DependencyFault } from "../shared/refusal.ts";
import { type Clock, createClock } from "./clock.ts";
import type { JwksFetch } from "./jwks.ts";
import { parseKeySet } from "./key-set.ts";

/** How long a key set is kept, and how often it is asked for, in seconds. docs/architecture.md, "The authorizer", says why. */
export const KEY_SET_SECONDS = {
  /** An older set is asked for anew: a key that the pool has withdrawn is accepted for no longer while the pool answers. */
  fresh: 300,
  /** An older set is not used, whatever the pool does: who keeps the pool from answering keeps a withdrawn key for no longer. */
  most: 3600,
  /**
   * Between two requests for a set, whatever they are for. Strangers name keys that are in no set at the price of a request each; their
   * flood costs one of ours in this time, and a new key of the pool is known after it at the latest.
   */
  between: 30,
  /** Between two requests while there is no set that may be used: nobody can be let in until one comes. */
  retry: 1,
} as const;

/** What a key set cache is made of. */
export interface KeySetOptions {
  /** The addresses of the sets that are kept; no other is asked. */
  uris: readonly string[];
  fetchKeys: JwksFetch;
  /** Is told each set that comes, so that what was made of the one before is forgotten. */
  onChange(uri: string, jwks: Jwks): void;
  clock?: Clock;
}

type DecomposedJwt = Parameters<SimpleJwksCache["getJwk"]>[1];

/**
 * The key sets of aws-jwt-verify with an end; its own cache keeps a set for as long as the process lives. An old set stands in for one
 * that does not come until it is an hour old: keys change seldom and with notice, and what a key signed is still checked by all else.
 */
export class KeySetCache extends SimpleJwksCache {
  // When the sets that are kept were asked for, and when each was last: seconds of the clock.
  readonly #came = new Map<string, number>();
  readonly #asked = new Map<string, number>();
  readonly #coming = new Map<string, Promise<Jwks>>();
  readonly #seconds: () => number;
  readonly #uris: ReadonlySet<string>;
  readonly #onChange: KeySetOptions["onChange"];

  constructor({ uris, fetchKeys, onChange, clock = createClock() }: KeySetOptions) {
    super({
      fetcher: { fetch: fetchKeys },
      jwksParser: parseKeySet,
      penaltyBox: {
        wait: async (uri) => {
          if (!this.#mayAsk(uri)) throw new WaitPeriodNotYetEndedJwkError("the key set was asked for a moment ago");
        },
        // When a set was asked for last is all that counts.
        registerFailedAttempt: () => {},
        registerSuccessfulAttempt: () => {},
      },
    });
    this.#seconds = () => clock.elapsed() / 1000;
    this.#uris = new Set(uris);
    this.#onChange = onChange;
  }

  /**
   * @throws DependencyFault when there is no set that may be used, so that it is not known whether the token is valid; Error when the set
   *   is none of those that are kept, or has no such key
   */
  override getJwk(uri: string, jwt: DecomposedJwt): ReturnType<SimpleJwksCache["getJwk"]> {
    return this.#age(uri) < KEY_SET_SECONDS.fresh ? super.getJwk(uri, jwt) : this.#refreshed(uri, jwt);
  }

  async #refreshed(uri: string, jwt: DecomposedJwt): ReturnType<SimpleJwksCache["getJwk"]> {
    if (!this.#uris.has(uri)) throw new Error("the key set of another issuer");
    if (this.#age(uri) >= KEY_SET_SECONDS.fresh && this.#mayAsk(uri)) {
      await this.getJwks(uri).catch((error: unknown) => {
        if (this.#age(uri) >= KEY_SET_SECONDS.most) throw error;
      });
    }
    if (this.#age(uri) >= KEY_SET_SECONDS.most) {
      throw new DependencyFault("key-set", new Error("it did not come a moment ago"));
    }
    return super.getJwk(uri, jwt);
  }

  /** @throws DependencyFault when the set does not come, or what comes is none */
  override async getJwks(uri: string): Promise<Jwks> {
    const coming = this.#coming.get(uri) ?? this.#ask(uri);
    this.#coming.set(uri, coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(uri);
    }
  }

  async #ask(uri: string): Promise<Jwks> {
    const asked = this.#seconds();
    this.#asked.set(uri, asked);
    const jwks = await super.getJwks(uri).catch((error: unknown) => {
      throw new DependencyFault("key-set", error);
    });
    this.#came.set(uri, asked);
    this.#onChange(uri, jwks);
    return jwks;
  }

  /** Seconds since the set came. */
  #age(uri: string): number {
    const came = this.#came.get(uri);
    return came === undefined ? Number.POSITIVE_INFINITY : this.#seconds() - came;
  }

  #mayAsk(uri: string): boolean {
    // Whoever comes while a set is on its way waits for it.
    if (this.#coming.has(uri)) return true;
    const asked = this.#asked.get(uri);
    const pause = this.#age(uri) < KEY_SET_SECONDS.most ? KEY_SET_SECONDS.between : KEY_SET_SECONDS.retry;
    return asked === undefined || this.#seconds() - asked >= pause;
  }
}
