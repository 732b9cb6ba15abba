import { expect, test } from "vitest";
import { readSimulatorEnvironment } from "../../src/threat-simulator/env.ts";

const ON_AWS = { LISTED_ADDRESS: "198.51.100.66", AWS_LAMBDA_FUNCTION_NAME: "account-threat-simulator" };
const IN_SANDBOX = { ...ON_AWS, AWS_ENDPOINT_URL: "http://127.0.0.1:4566", THREAT_SINK: "127.0.0.1:9999" };

test("on AWS the listed address is called itself", () => {
  expect(readSimulatorEnvironment(ON_AWS)).toEqual({
    listed: { host: "198.51.100.66", port: 443 },
    route: { host: "198.51.100.66", port: 443 },
    functionName: "account-threat-simulator",
  });
});

test("in the sandbox its calls go to the sink", () => {
  expect(readSimulatorEnvironment({ ...IN_SANDBOX, LISTED_PORT: "80" })).toEqual({
    listed: { host: "198.51.100.66", port: 80 },
    route: { host: "127.0.0.1", port: 9999 },
    functionName: "account-threat-simulator",
  });
});

test("a sink on AWS is refused: it would hide that nothing was called", () => {
  expect(() => readSimulatorEnvironment({ ...ON_AWS, THREAT_SINK: "127.0.0.1:9999" })).toThrow(
    "threat-simulator: environment: THREAT_SINK is set on AWS; only the sandbox sets it: unset it",
  );
});

test("without a sink nothing is called from a machine of ours", () => {
  expect(() => readSimulatorEnvironment({ ...IN_SANDBOX, THREAT_SINK: undefined })).toThrow(
    "threat-simulator: environment: THREAT_SINK is not set, and AWS_ENDPOINT_URL says that this is no function of AWS's: nothing is called from here",
  );
});

test.each([
  [{ LISTED_ADDRESS: "198.51.100.256" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "198.51.100" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "evil.example" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_PORT: "0" }, "LISTED_PORT is not a port"],
  [{ THREAT_SINK: "198.51.100.66:80" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
  [{ THREAT_SINK: "localhost:80" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
])("%j is refused", (change, sentence) => {
  expect(() => readSimulatorEnvironment({ ...IN_SANDBOX, ...change })).toThrow(
    `threat-simulator: environment: ${sentence}`,
  );
});
