import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStored } from "../../src/guardduty/store.ts";
import { type Emulated, startEmulated } from "../helpers/emulated.ts";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const LIST = "aws:guardduty/threatIntelSet:ThreatIntelSet";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const stored = () => readStored(emulated.sandbox.directory);

describe("what of GuardDuty is deployed", () => {
  test("is kept, changed and removed", async () => {
    expect(await stored()).toEqual([]);
    const detector = await emulated.create(DETECTOR, {});
    expect(detector.id).toMatch(/^[0-9a-f]{32}$/);
    expect(detector.outputs).toEqual({
      arn: `arn:aws:guardduty:us-east-1:123456789012:detector/${detector.id}`,
      accountId: "123456789012",
    });
    const detectorId = detector.id;
    const feature = await emulated.create(FEATURE, { detectorId, name: "LAMBDA_NETWORK_LOGS", status: "ENABLED" });
    expect(feature.id).toBe(`${detectorId}/LAMBDA_NETWORK_LOGS`);
    const inputs = { detectorId, activate: true, format: "TXT", location: "s3://b/k" };
    const list = await emulated.create(LIST, inputs, "list");
    expect(list.id).toMatch(new RegExp(`^${detectorId}:[0-9a-f]{32}$`));
    expect(list.outputs.name).toMatch(/^list-/);
    expect(await stored()).toEqual([
      { kind: "detector", id: detectorId, enable: true },
      { kind: "feature", id: feature.id, detectorId, name: "LAMBDA_NETWORK_LOGS", status: "ENABLED" },
      {
        kind: "threat-list",
        id: list.id.split(":")[1],
        name: list.outputs.name,
        detectorId,
        active: true,
        format: "TXT",
        location: "s3://b/k",
      },
    ]);

    expect((await detector.update({ enable: false })).outputs).toEqual(detector.outputs);
    await feature.update({ detectorId, name: "LAMBDA_NETWORK_LOGS", status: "DISABLED" });
    expect((await list.update({ ...inputs, activate: false, location: "s3://b/k2" })).outputs.name).toBe(
      list.outputs.name,
    );
    expect((await list.update({ ...inputs, name: "other", activate: false, location: "s3://b/k2" })).outputs.name).toBe(
      "other",
    );
    expect(await stored()).toMatchObject([
      { enable: false },
      { status: "DISABLED" },
      { active: false, location: "s3://b/k2", name: "other" },
    ]);
    await detector.update({});
    expect((await stored())[0]).toMatchObject({ enable: true });

    await list.delete();
    await feature.delete();
    await detector.delete();
    await detector.delete();
    // AWS keeps a feature as it was.
    expect((await stored()).map(({ kind }) => kind)).toEqual(["feature"]);
  });

  test("a folder that cannot be read is an error", async () => {
    await expect(readStored("/dev/null")).rejects.toThrow("ENOTDIR");
  });
});
