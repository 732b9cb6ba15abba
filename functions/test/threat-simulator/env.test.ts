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

test("the function's name has a default, for a run that is none of Lambda's", () => {
  const { functionName } = readSimulatorEnvironment({ LISTED_ADDRESS: "198.51.100.66" });
  expect(functionName).toBe("threat-simulator");
});

test.each(["1.22.133.200", "249.250.255.0", "10.99.204.199"])("%s is an address that can be listed", (address) => {
  expect(readSimulatorEnvironment({ ...ON_AWS, LISTED_ADDRESS: address }).listed.host).toBe(address);
});

test.each(["1", "65535"])("%s is a port", (port) => {
  expect(readSimulatorEnvironment({ ...ON_AWS, LISTED_PORT: port }).listed.port).toBe(Number(port));
  const { route } = readSimulatorEnvironment({ ...IN_SANDBOX, THREAT_SINK: `127.100.200.255:${port}` });
  expect(route).toEqual({ host: "127.100.200.255", port: Number(port) });
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
  [{ LISTED_ADDRESS: "1198.51.100.66" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "198.51.100.260" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "198.51.100.66." }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "198.51.100.66.1" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_ADDRESS: "x198.51.100.66" }, "LISTED_ADDRESS is not an IPv4 address"],
  [{ LISTED_PORT: "0" }, "LISTED_PORT is not a port"],
  [{ LISTED_PORT: "x443" }, "LISTED_PORT is not a port"],
  [{ LISTED_PORT: "443/x" }, "LISTED_PORT is not a port"],
  [{ THREAT_SINK: "x127.0.0.1:80" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
  [{ THREAT_SINK: "127.0.0.1:80/x" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
  [{ THREAT_SINK: "198.51.100.66:80" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
  [{ THREAT_SINK: "localhost:80" }, "THREAT_SINK is not an address of 127.0.0.0/8 and a port"],
])("%j is refused", (change, sentence) => {
  expect(() => readSimulatorEnvironment({ ...IN_SANDBOX, ...change })).toThrow(
    `threat-simulator: environment: ${sentence}`,
  );
});
