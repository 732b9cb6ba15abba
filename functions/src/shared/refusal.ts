/** The layers that a function's own log records name. The edge's and the gateway's records are theirs. */
export type RefusingLayer = "authorizer" | "permissions" | "function" | "iam" | "database";

/** What a refusal says. */
export interface RefusalDetails {
  /** The layer that refused. By default `function`. */
  layer?: RefusingLayer;
  /** The defence's id without its layer, as docs/architecture.md lists them, e.g. `company-check`. */
  defence: string;
  /** The HTTP status of the answer. */
  status: number;
  /** One sentence for the caller: what is wrong with the request. It never repeats a value of the request. */
  detail: string;
}

/** A request that a defence refuses: an expected outcome, unlike every other error. */
export class Refusal extends Error {
  readonly layer: RefusingLayer;
  readonly defence: string;
  readonly status: number;
  readonly detail: string;

  constructor(details: RefusalDetails) {
    super(`${details.defence}: ${details.detail}`);
    this.name = "Refusal";
    this.layer = details.layer ?? "function";
    this.defence = details.defence;
    this.status = details.status;
    this.detail = details.detail;
  }
}

/** A request that is well-formed and allowed, and cannot be answered, such as an order that does not exist. No defence. */
export class Unanswerable extends Error {
  readonly status: number;
  readonly detail: string;

  /**
   * @param status the HTTP status of the answer
   * @param detail one sentence for the caller that repeats no value of the request
   */
  constructor(status: number, detail: string) {
    super(detail);
    this.name = "Unanswerable";
    this.status = status;
    this.detail = detail;
  }
}

/** Something that the service needs does not answer. The caller can try again. */
export class DependencyFault extends Error {
  readonly dependency: string;

  /**
   * @param dependency what does not answer, e.g. `database`, or a service of AWS as its host name has it
   * @param cause the error that says how
   */
  constructor(dependency: string, cause: unknown) {
    super(`${dependency}: no answer`, { cause });
    this.name = "DependencyFault";
    this.dependency = dependency;
  }
}
