import { expect, test, vi } from "vitest";
import { PERSON, type ResolvedAccountOutputs, standUpAccount } from "../src/account.ts";
import { watchOf } from "../src/watch.ts";

type Watched = Parameters<typeof watchOf>;

const mail = (subject: string) => ({ time: 1, to: [PERSON], from: "", subject, text: "", raw: "" });

function sandbox(waitFor: () => Promise<ReturnType<typeof mail>>) {
  return {
    deliverTrails: async () => [{ trailArn: "t", bucket: "b", keys: [], records: 0, times: new Map() }],
    threats: { sink: "", calls: async () => [] },
    mail: { port: 1, mails: () => [], waitFor, confirmSubscriptions: async () => [PERSON], close: async () => {} },
  } satisfies Watched[0];
}

test("the watch looks where the sandbox has things delivered", async () => {
  const outputs = { findingLogGroupName: "/findings" } as ResolvedAccountOutputs;
  const stage = { deliverAccessLog: async () => "access" };
  const watch = watchOf(
    sandbox(async () => mail("x")),
    stage,
    outputs,
  );
  expect(watch.account).toBe(outputs);
  expect(await watch.deliverAccessLog()).toBe("access");
  expect(await watch.deliverTrails()).toMatchObject([{ trailArn: "t" }]);
  expect(await watch.calls()).toEqual([]);
  expect(await watch.mail(() => true, 1)).toMatchObject({ subject: "x" });
});

test("a mail that does not come is none, and a stage alone has no account", async () => {
  const late = sandbox(() => Promise.reject(new Error("no mail came")));
  const watch = watchOf(late, { deliverAccessLog: async () => undefined }, undefined);
  expect(watch).not.toHaveProperty("account");
  expect(await watch.mail(() => true, 1)).toBeUndefined();
});

test("the account's stage is deployed with a person and a reason, and the person confirms", async () => {
  const provision = vi.fn(async () => ({
    outputs: { stage: "account", threatCallerName: "caller" },
    counts: { emulated: 2, declared: 1 },
    ms: 5,
  }));
  const { mail: mailbox } = sandbox(async () => mail("AWS Notification - Subscription Confirmation"));
  const waitFor = vi.spyOn(mailbox, "waitFor");
  const confirm = vi.spyOn(mailbox, "confirmSubscriptions");
  const parts = { provision, mail: mailbox } as unknown as Parameters<typeof standUpAccount>[0];
  expect(await standUpAccount(parts)).toEqual({
    outputs: { stage: "account", threatCallerName: "caller" },
    emulated: 2,
    declared: 1,
    ms: 5,
  });
  expect(provision).toHaveBeenCalledWith(
    expect.objectContaining({
      stage: "account",
      config: {
        "palisade:findingEmails": `["${PERSON}"]`,
        "palisade:simulateThreats": "the lab shows that a person is told of a call to a listed address",
      },
    }),
  );
  const [wanted] = (waitFor.mock.calls[0] ?? []) as unknown as [(mail: { to: string[] }) => boolean];
  expect([wanted({ to: [PERSON] }), wanted({ to: ["other@example.com"] })]).toEqual([true, false]);
  expect(confirm).toHaveBeenCalledOnce();
});
