import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { recordStack, resolved } from "../src/index.ts";

class Pair extends pulumi.ComponentResource {
  public readonly roleArn: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:Pair", name, {}, opts);
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: "{}" }, { parent: this });
    new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: "{}" }, { parent: this });
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

describe("recordStack", () => {
  it("waits for every child before it returns", async () => {
    const recording = await recordStack(() => new Pair("pair"));

    expect(recording.types()).toEqual({
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "palisade:index:Pair": 1,
    });
    expect(recording.one("palisade:index:Pair").outputsRegistered).toBe(true);
  });
  it("rejects on gated", async () => {
    await expect(
      recordStack(() => {
        new aws.iam.Role("r", {
          assumeRolePolicy: pulumi.output("x").apply((): string => {
            throw new Error("refused here");
          }),
        });
      }),
    ).rejects.toThrow("refused here");
  });
  it("unmocked", async () => {
    await expect(
      recordStack(() => {
        aws.iam.getUserOutput({ userName: "x" });
      }),
    ).rejects.toThrow(
      'the program called the provider function aws:iam/getUser:getUser, which no mock answers; add it to recordStack\'s option "invokes"',
    );
    const r = await recordStack(() => aws.getRegionOutput().region);
    expect(await resolved(r.result)).toBe("eu-central-1");
  });
  it("transforms", async () => {
    const recording = await recordStack(
      () =>
        new Pair("pair", {
          transforms: [
            async (a) =>
              a.type === "aws:iam/role:Role"
                ? { props: { ...a.props, path: "/x/" }, opts: { ...a.opts, protect: true } }
                : undefined,
          ],
        }),
    );
    expect(recording.one("aws:iam/role:Role").inputs).toEqual({ assumeRolePolicy: "{}", path: "/x/" });
    expect(recording.one("aws:iam/role:Role").options.protect).toBe(true);
    expect(recording.one("aws:iam/role:Role").parentTypes).toEqual(["palisade:index:Pair"]);
  });
});
