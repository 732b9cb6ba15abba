import { expect, test } from "vitest";
import { refuseOutsideSandbox } from "../weak/guard.ts";

const sentence = (received: string) =>
  "weak: this stage is vulnerable on purpose (remote code execution, SQL injection, one role for everything) and deploys " +
  `only to the sandbox. ${received}; allowed is http://127.0.0.1:<port>, which the sandbox sets: run \`npx -y pnpm@10 lab\`, ` +
  "or `pnpm lab up weak`. To deploy it elsewhere all the same, into an account that holds nothing else, set " +
  "palisade:iKnowThisIsVulnerable to true.";

test.each(["http://127.0.0.1:1", "http://127.0.0.1:4566/", "http://127.0.0.1:65535"])(
  "%s is the sandbox",
  (emulatorUrl) => {
    expect(() => refuseOutsideSandbox({ emulatorUrl })).not.toThrow();
  },
);

test.each([
  "",
  "https://127.0.0.1:4566",
  "http://localhost:4566",
  "http://127.0.0.1",
  "http://127.0.0.1:0",
  "http://127.0.0.1:65536",
  "http://127.0.0.1:4566/path",
  "http://127.0.0.1:4566@example.com",
  "http://user@127.0.0.1:4566",
  "http://127.0.0.1.example.com:4566",
  "http://127.0.0.2:4566",
  "http://0.0.0.0:4566",
  "http://10.0.0.7:4566",
  "http://sts.eu-central-1.amazonaws.com:80",
  "http://127.0.0.1:4566\n",
])("%j is not the sandbox, and the error says what is", (emulatorUrl) => {
  expect(() => refuseOutsideSandbox({ emulatorUrl })).toThrow(
    new Error(sentence(`palisade:emulatorUrl is "${emulatorUrl}"`)),
  );
  expect(() => refuseOutsideSandbox({ emulatorUrl, iKnowThisIsVulnerable: false })).toThrow("is vulnerable on purpose");
});

test("without a configuration it is refused", () => {
  expect(() => refuseOutsideSandbox({})).toThrow(new Error(sentence("palisade:emulatorUrl is not set")));
});

test("who says that she knows may deploy it anywhere", () => {
  expect(() => refuseOutsideSandbox({ iKnowThisIsVulnerable: true })).not.toThrow();
  expect(() => refuseOutsideSandbox({ emulatorUrl: "https://example.com", iKnowThisIsVulnerable: true })).not.toThrow();
});
