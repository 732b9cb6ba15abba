import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { ThreatSimulator, type ThreatSimulatorArgs } from "../../src/index.ts";

const COMPONENT = "palisade:index:ThreatSimulator";
const SET = "aws:guardduty/threatIntelSet:ThreatIntelSet";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const BUCKET = "aws:s3/bucket:Bucket";
const REASON = "a drill of the on-call team";
const ARGS: ThreatSimulatorArgs = { detectorId: "12abc34d567e8fa901bc2d34e56789f0", allowSimulation: REASON };

const record = (args: Partial<ThreatSimulatorArgs> = {}) =>
  recordStack(() => new ThreatSimulator("sim", { ...ARGS, ...args }));
const failing = (args: Partial<ThreatSimulatorArgs>) =>
  record(args).then(
    () => new Error("it was not refused"),
    (error: Error) => error,
  );

describe("the list", () => {
  test("is one address, in a guarded bucket, and given to the detector", async () => {
    const recording = await record();
    expect(recording.types()).toEqual({
      [COMPONENT]: 1,
      [BUCKET]: 2,
      "aws:s3/bucketLogging:BucketLogging": 1,
      [OBJECT]: 1,
      [SET]: 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 2,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
      "aws:s3/bucketPolicy:BucketPolicy": 2,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 2,
      "aws:s3/bucketVersioning:BucketVersioning": 2,
    });
    const { key, content } = recording.one(OBJECT).inputs;
    expect(content).toBe("198.51.100.66\n");
    expect(recording.one(SET).inputs).toMatchObject({
      activate: true,
      detectorId: ARGS.detectorId,
      format: "TXT",
      location: `s3://${recording.one(BUCKET, "sim-list").id}/${key}`,
      name: "palisade-simulated-sim",
    });
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    expectPartitionSafe(
      await recordStack(() => new ThreatSimulator("sim", ARGS), {
        place: { partition: "aws-cn", region: "cn-north-1" },
      }),
    );
  });

  test("has another key when its address changes: GuardDuty reads a list once", async () => {
    const keys = await Promise.all(
      [{}, { address: "203.0.113.7" }].map(async (args) => (await record(args)).one(OBJECT).inputs.key),
    );
    expect(keys).toEqual(["threat-list-83e471c3.txt", "threat-list-7924b78a.txt"]);
  });

  test("is what the function is told of", async () => {
    const { result: value } = await recordStack(() => {
      const simulator = new ThreatSimulator("sim", { ...ARGS, address: "203.0.113.7", port: 8080 });
      return { environment: simulator.functionEnvironment(), address: simulator.address, port: simulator.port };
    });
    expect(await resolved(value.environment)).toEqual({ LISTED_ADDRESS: "203.0.113.7", LISTED_PORT: "8080" });
    expect(await resolved([value.address, value.port])).toEqual(["203.0.113.7", 8080]);
  });
});

describe("it is refused", () => {
  test("outside of the stage weak, where no reason is given", async () => {
    const args = { detectorId: ARGS.detectorId };
    await expect(recordStack(() => new ThreatSimulator("sim", args), { stack: "prod" })).rejects.toHaveProperty(
      "message",
      'ThreatSimulator "sim": allowSimulation is no reason, in the stage prod; allowed: a reason as a sentence, or the stage weak; to fix it, ' +
        "say why a function of this stage is to call an address on a threat list, or leave the simulator out",
    );
    const weak = await recordStack(() => new ThreatSimulator("sim", args), { stack: "weak" });
    expect(weak.one(SET).inputs.tags).not.toHaveProperty("palisade:lowered:threat-simulation");
  });

  test("a reason becomes a tag, on weak too", async () => {
    for (const stack of ["prod", "weak"]) {
      const recording = await recordStack(() => new ThreatSimulator("sim", ARGS), { stack });
      expect(recording.one(SET).inputs.tags).toMatchObject({ "palisade:lowered:threat-simulation": REASON });
    }
  });

  test.each([
    "10.0.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "256.1.1.1",
    "2001:db8::1",
    "evil.example",
    "",
  ])("for the address %j", async (address) => {
    const error = await failing({ address });
    expect(error.message).toBe(
      `ThreatSimulator "sim": address is ${JSON.stringify(address)}; allowed: an IPv4 address that is public or of a documentation range; to fix it, ` +
        "leave it out for 198.51.100.66, or give the address of a server of yours",
    );
  });

  test.each(["172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "223.255.255.254", "192.0.2.1"])(
    "not for the public address %s",
    async (address) => {
      expect((await record({ address })).one(OBJECT).inputs.content).toBe(`${address}\n`);
    },
  );

  test("for a reason that says nothing, and for a port that is none", async () => {
    expect((await failing({ allowSimulation: " " })).message).toContain('ThreatSimulator "sim": allowSimulation is ');
    expect((await failing({ port: 65_536 })).message).toContain('ThreatSimulator "sim": port is 65536');
  });
});
