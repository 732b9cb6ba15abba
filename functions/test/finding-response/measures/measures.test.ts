import { describe, expect, test, vi } from "vitest";
import { createDenial } from "../../../src/finding-response/measures/deny-address.ts";
import { Declined } from "../../../src/finding-response/measures/measure.ts";
import { createQuarantine } from "../../../src/finding-response/measures/quarantine.ts";
import { createSessionRevocation, revocation } from "../../../src/finding-response/measures/revoke-sessions.ts";
import { type AwsCall, AwsError } from "../../../src/shared/aws.ts";
import type { AwsQuery } from "../../../src/shared/aws-query.ts";
import type { AwsRestCall } from "../../../src/shared/aws-rest.ts";
import { AT } from "../support.ts";

test("a measure that is declined is told from a fault by its name, which a log keeps", () => {
  expect(new Declined("it is gone").name).toBe("DeclinedError");
});

const gone = (code: string) => new AwsError("service.Operation", code);

describe("quarantine", () => {
  /** Lambda with one function, whose reservation it keeps. */
  function lambda(reserved: number | undefined, fault?: Error) {
    const state = { reserved };
    const calls: AwsRestCall[] = [];
    const measure = createQuarantine(async (call) => {
      calls.push(call);
      if (fault !== undefined) throw fault;
      if (call.operation === "PutFunctionConcurrency")
        state.reserved = Number(call.input?.ReservedConcurrentExecutions);
      if (call.operation === "DeleteFunctionConcurrency") state.reserved = undefined;
      return state.reserved === undefined ? {} : { ReservedConcurrentExecutions: state.reserved };
    });
    return { measure, calls, state };
  }

  test.each([undefined, 7, 0])("of a function whose reservation is %s ends with the same", async (before) => {
    const { measure, state } = lambda(before);
    const earlier = await measure.look("prod-orders");
    await measure.apply("prod-orders", AT);
    expect(state.reserved).toBe(0);
    expect(await measure.undo("prod-orders", earlier, AT)).toBe(true);
    expect(state.reserved).toBe(before);
  });

  test("asks Lambda for this", async () => {
    const { measure, calls } = lambda(undefined);
    const earlier = await measure.look("prod-orders");
    expect(earlier).toBe("none");
    await measure.apply("prod-orders", AT);
    await measure.undo("prod-orders", earlier, AT);
    const service = "lambda";
    const path = "2017-10-31/functions/prod-orders/concurrency";
    const get = {
      service,
      operation: "GetFunctionConcurrency",
      method: "GET",
      path: "2019-09-30/functions/prod-orders/concurrency",
    };
    expect(calls).toEqual([
      get,
      { service, operation: "PutFunctionConcurrency", method: "PUT", path, input: { ReservedConcurrentExecutions: 0 } },
      get,
      { service, operation: "DeleteFunctionConcurrency", method: "DELETE", path },
    ]);
  });

  test("that somebody has ended already is left as it is", async () => {
    const { measure, state } = lambda(20);
    expect(await measure.undo("prod-orders", "5", AT)).toBe(false);
    expect(state.reserved).toBe(20);
  });

  test("of a function that is gone is declined; other faults stay faults", async () => {
    await expect(lambda(0, gone("ResourceNotFoundException")).measure.look("x")).rejects.toThrow(
      new Declined("it is gone"),
    );
    await expect(lambda(0, gone("ServiceException")).measure.look("x")).rejects.toThrow("ServiceException");
  });
});

describe("the revocation of a role's sessions", () => {
  /** IAM with one role, whose policy it keeps; it answers documents as IAM does, encoded. */
  function iam(policy: string | undefined, faults: Record<string, Error> = {}) {
    const state = { policy };
    const calls: AwsQuery[] = [];
    const measure = createSessionRevocation(async (query) => {
      calls.push(query);
      const { action, input } = query;
      const fault = faults[action];
      if (fault !== undefined) throw fault;
      if (action === "PutRolePolicy") state.policy = input.PolicyDocument;
      if (action === "DeleteRolePolicy") state.policy = undefined;
      if (action !== "GetRolePolicy") return "<Response/>";
      if (state.policy === undefined) throw gone("NoSuchEntity");
      return `<R><PolicyDocument>${encodeURIComponent(state.policy)}</PolicyDocument></R>`;
    });
    return { measure, calls, state };
  }

  test("is the policy that IAM's console writes", () => {
    expect(JSON.parse(revocation(AT))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Action: ["*"], Resource: ["*"], Condition: { DateLessThan: { "aws:TokenIssueTime": AT } } },
      ],
    });
  });

  test.each([undefined, revocation("2026-01-01T00:00:00.000Z")])(
    "ends with the policy before it: %s",
    async (before) => {
      const { measure, state, calls } = iam(before);
      const earlier = await measure.look("deployer");
      await measure.apply("deployer", AT);
      expect(state.policy).toBe(revocation(AT));
      expect(await measure.undo("deployer", earlier, AT)).toBe(true);
      expect(state.policy).toBe(before);
      expect(calls[1]).toEqual({
        service: "iam",
        action: "PutRolePolicy",
        version: "2010-05-08",
        input: { RoleName: "deployer", PolicyName: "AWSRevokeOlderSessions", PolicyDocument: revocation(AT) },
      });
    },
  );

  test.each([undefined, revocation("2026-12-01T00:00:00.000Z")])(
    "that somebody has replaced or removed is left as it is: %s",
    async (now) => {
      const { measure, state } = iam(now);
      expect(await measure.undo("deployer", "", AT)).toBe(false);
      expect(state.policy).toBe(now);
    },
  );

  test("of a role that is gone is declined; other faults stay faults", async () => {
    const denied = gone("Throttling");
    await expect(iam(undefined, { PutRolePolicy: gone("NoSuchEntity") }).measure.apply("x", AT)).rejects.toThrow(
      new Declined("it is gone"),
    );
    await expect(iam(undefined, { PutRolePolicy: denied }).measure.apply("x", AT)).rejects.toThrow(denied);
    await expect(iam(undefined, { GetRolePolicy: denied }).measure.look("x")).rejects.toThrow(denied);
  });

  test("of a role without the policy has nothing before it", async () => {
    expect(await iam(undefined).measure.look("deployer")).toBe("");
  });

  test("reads an answer without a document as none", async () => {
    expect(await createSessionRevocation(async () => "<R/>").look("x")).toBe("");
  });
});

describe("the denial of an address", () => {
  const ARNS = {
    ipv4SetArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/denied/11111111",
    ipv6SetArn: "arn:aws:wafv2:us-east-1:123456789012:global/ipset/denied6/22222222",
  };

  /** AWS WAF with a set, which refuses a write with an old token; `others` is what somebody else writes between reading and writing. */
  function waf(addresses: string[], others: (string[] | Error)[] = [], sets: object = ARNS, refusal?: Error) {
    const state = { addresses, token: 1 };
    const calls: { region: string; call: AwsCall }[] = [];
    const waits: number[] = [];
    const measure = createDenial(
      (region) => async (call) => {
        calls.push({ region, call });
        if (call.target === "AWSWAF_20190729.GetIPSet") {
          const answer = { IPSet: { Addresses: state.addresses }, LockToken: String(state.token) };
          const other = others.shift();
          if (other instanceof Error) throw other;
          if (other !== undefined) {
            state.addresses = other;
            state.token++;
          }
          return answer;
        }
        if (refusal !== undefined) throw refusal;
        if (call.input.LockToken !== String(state.token)) throw gone("WAFOptimisticLockException");
        state.addresses = call.input.Addresses as string[];
        state.token++;
        return {};
      },
      { ...sets, maximumAddresses: 3 },
      async (milliseconds) => waits.push(milliseconds),
    );
    return { measure, calls, state, waits };
  }

  const RANGE = "45.155.205.10/32";

  test("adds the address to the set, and takes it out again", async () => {
    const { measure, state, calls } = waf(["45.155.205.9/32"]);
    const earlier = await measure.look(RANGE);
    expect(earlier).toBe("absent");
    await measure.apply(RANGE, AT);
    expect(state.addresses).toEqual(["45.155.205.9/32", RANGE]);
    expect(await measure.undo(RANGE, earlier, AT)).toBe(true);
    expect(state.addresses).toEqual(["45.155.205.9/32"]);
    expect(calls[2]).toEqual({
      region: "eu-west-1",
      call: {
        service: "wafv2",
        target: "AWSWAF_20190729.UpdateIPSet",
        version: "1.1",
        input: {
          Name: "denied",
          Id: "11111111",
          Scope: "REGIONAL",
          Addresses: ["45.155.205.9/32", RANGE],
          LockToken: "1",
        },
      },
    });
  });

  test("of IPv6 goes to its own set, of a distribution in us-east-1, however AWS WAF writes it", async () => {
    const { measure, calls, state } = waf(["2a02:c207:0000:0000:0000:0000:0000:0000/64"]);
    expect(await measure.look("2a02:c207:0:0::/64")).toBe("present");
    expect(calls[0]?.region).toBe("us-east-1");
    expect(calls[0]?.call.input).toEqual({ Name: "denied6", Id: "22222222", Scope: "CLOUDFRONT" });
    expect(await measure.undo("2a02:c207:0:0::/64", "absent", AT)).toBe(true);
    expect(state.addresses).toEqual([]);
  });

  test("that is there already is not written again, and stays when it was there before", async () => {
    const { measure, state, calls } = waf([RANGE]);
    const earlier = await measure.look(RANGE);
    await measure.apply(RANGE, AT);
    expect(await measure.undo(RANGE, earlier, AT)).toBe(false);
    expect(state.addresses).toEqual([RANGE]);
    expect(calls.filter(({ call }) => call.target.endsWith("UpdateIPSet"))).toEqual([]);
    expect(await waf([]).measure.undo(RANGE, "absent", AT)).toBe(false);
  });

  test("keeps what somebody else writes meanwhile, and gives up after five writes", async () => {
    const { measure, state, waits } = waf([], [["45.155.205.1/32"], ["45.155.205.2/32"]]);
    const random = vi.spyOn(Math, "random").mockReturnValueOnce(0.25).mockReturnValueOnce(0.75);
    await measure.apply(RANGE, AT);
    random.mockRestore();
    expect(state.addresses).toEqual(["45.155.205.2/32", RANGE]);
    // Each waits another time, up to 400 milliseconds, so that two writers part.
    expect(waits).toEqual([100, 300]);
    const contested = waf(
      [],
      Array.from({ length: 5 }, () => []),
    );
    await expect(contested.measure.apply(RANGE, AT)).rejects.toThrow("WAFOptimisticLockException");
    expect(contested.waits).toHaveLength(4);
    await expect(waf([], [gone("WAFInternalErrorException")]).measure.apply(RANGE, AT)).rejects.toThrow("WAFInternal");
  });

  test.each([
    gone("WAFInternalErrorException"),
    new Error("lost"),
    Object.assign(new Error("of another kind"), { code: "WAFOptimisticLockException" }),
  ])("is not tried again after another fault than a lost race: %s", async (fault) => {
    const { measure, calls, waits } = waf([], [], ARNS, fault);
    await expect(measure.apply(RANGE, AT)).rejects.toBe(fault);
    expect(calls).toHaveLength(2);
    expect(waits).toEqual([]);
  });

  test("is declined when the set is full, or there is none", async () => {
    const full = waf(["45.155.205.1/32", "45.155.205.2/32", "45.155.205.3/32"]);
    await expect(full.measure.apply(RANGE, AT)).rejects.toThrow(
      new Declined("the deny set has 3 addresses, and may have 3"),
    );
    await expect(waf([], [], {}).measure.look(RANGE)).rejects.toThrow(
      new Declined("the plan has no set for addresses of its version"),
    );
  });
});
