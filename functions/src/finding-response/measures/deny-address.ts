/**
 * Puts a range of addresses into the firewall's deny set. A set is written as a whole, with the token of the reading that it is based on.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type AwsCaller, AwsError } from "../../shared/aws.ts";
import { isSameRange } from "../addresses.ts";
import { Declined, type Measure } from "./measure.ts";

/** An IP set, by the parts of its ARN. */
interface IpSet {
  region: string;
  Name: string;
  Id: string;
  Scope: "REGIONAL" | "CLOUDFRONT";
}

/** What `look` says. */
const ABSENT = "absent";
const PRESENT = "present";

const WRITES = 5;
const MAXIMUM_WAIT_MILLISECONDS = 400;

/** What the deny sets are. */
export interface DenySets {
  ipv4SetArn?: string;
  ipv6SetArn?: string;
  maximumAddresses: number;
}

/**
 * @param callIn a caller for a region: a distribution's sets are in us-east-1
 * @param wait between two writes of a set that somebody else wrote meanwhile
 */
export function createDenial(
  callIn: (region: string) => AwsCaller,
  { ipv4SetArn, ipv6SetArn, maximumAddresses }: DenySets,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Measure {
  const setOf = (range: string): IpSet => {
    const arn = range.includes(":") ? ipv6SetArn : ipv4SetArn;
    if (arn === undefined) throw new Declined("the plan has no set for addresses of its version");
    return parseSet(arn);
  };
  const send = ({ region, ...set }: IpSet, operation: string, input: Record<string, unknown> = {}) =>
    callIn(region)({
      service: "wafv2",
      target: `AWSWAF_20190729.${operation}`,
      version: "1.1",
      input: { ...set, ...input },
    });
  const read = async (set: IpSet) => {
    const answer = await send(set, "GetIPSet");
    const { Addresses: addresses } = answer.IPSet as { Addresses: string[] };
    return { addresses, LockToken: answer.LockToken };
  };
  /** @param change the set's addresses after it, or undefined to leave it */
  const write = async (range: string, change: (addresses: string[]) => string[] | undefined): Promise<boolean> => {
    const set = setOf(range);
    for (let tries = 1; ; tries++) {
      const { addresses, LockToken } = await read(set);
      const changed = change(addresses);
      if (changed === undefined) return false;
      try {
        await send(set, "UpdateIPSet", { Addresses: changed, LockToken });
        return true;
      } catch (error) {
        const isTaken = error instanceof AwsError && error.code === "WAFOptimisticLockException";
        if (!isTaken || tries >= WRITES) throw error;
        await wait(Math.random() * MAXIMUM_WAIT_MILLISECONDS);
      }
    }
  };
  return {
    async look(range) {
      return has((await read(setOf(range))).addresses, range) ? PRESENT : ABSENT;
    },
    async apply(range) {
      await write(range, (addresses) => {
        if (has(addresses, range)) return undefined;
        if (addresses.length >= maximumAddresses) {
          throw new Declined(`the deny set has ${addresses.length} addresses, and may have ${maximumAddresses}`);
        }
        return [...addresses, range];
      });
    },
    async undo(range, earlier) {
      // It was there before us, and is not ours to take away.
      if (earlier === PRESENT) return false;
      return write(range, (addresses) =>
        has(addresses, range) ? addresses.filter((each) => !isSameRange(each, range)) : undefined,
      );
    },
  };
}

function has(addresses: readonly string[], range: string): boolean {
  return addresses.some((each) => isSameRange(each, range));
}

/** `arn:aws:wafv2:<region>:<account>:regional/ipset/<name>/<id>`, or `global` of a distribution's. */
function parseSet(arn: string): IpSet {
  const [, , , region = "", , resource = ""] = arn.split(":");
  const [scope, , Name = "", Id = ""] = resource.split("/");
  return { region, Name, Id, Scope: scope === "global" ? "CLOUDFRONT" : "REGIONAL" };
}
