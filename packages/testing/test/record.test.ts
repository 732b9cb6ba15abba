import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { recordStack, rejection, resolved } from "../src/index.ts";
import { Pair } from "./support.ts";

const ROLE = "aws:iam/role:Role";

/** A component that a plugin makes, as `awsx.ec2.Vpc` is one: the program gives inputs and receives outputs. */
class Remote extends pulumi.ComponentResource {
  declare readonly vpcId: pulumi.Output<string>;
  declare readonly cidrBlock: pulumi.Output<string>;

  constructor(type: string, name: string) {
    super(type, name, { cidrBlock: "10.0.0.0/20", vpcId: undefined }, {}, true);
  }
}

describe("recordStack", () => {
  it("returns when every resource is there, also one that an apply makes late", async () => {
    const recording = await recordStack(async () => {
      const pair = new Pair("pair");
      pair.roleArn.apply(async (arn) => {
        await Promise.resolve();
        new aws.sns.Topic("late", { displayName: arn });
      });
      return pair;
    });

    expect(recording.types()).toEqual({
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:sns/topic:Topic": 1,
      "palisade:index:Pair": 1,
    });
    expect(await resolved(recording.result.roleArn)).toMatch(/^arn:aws:iam::111122223333:role\/pair-role-\w{7}$/);
  });

  it("keeps recordings apart, also two that are started together", async () => {
    const [first, second] = await Promise.all([
      recordStack(() => new Pair("first"), { stack: "one" }),
      recordStack(() => new Pair("second"), { stack: "two" }),
    ]);

    expect(first.resources.map(({ name }) => name)).toEqual(["first", "first-role", "first-policy"]);
    expect(second.resources.map(({ name }) => name)).toEqual(["second", "second-role", "second-policy"]);
    expect(second.one(ROLE).urn).toBe("urn:pulumi:two::project::palisade:index:Pair$aws:iam/role:Role::second-role");
  });

  it("fails on a resource that an earlier recording made too late", async () => {
    let make: () => void = () => undefined;
    await recordStack(() => {
      new Promise<void>((wait) => {
        make = wait;
      }).then(() => new aws.sns.Topic("late"));
    });

    const next = recordStack(async () => {
      make();
      new Pair("pair");
    });

    await expect(next).rejects.toThrow(
      'aws:sns/topic:Topic "late" was made by an earlier recording, after that had ended',
    );
  });

  it("records after a recording that failed", async () => {
    await expect(recordStack(() => Promise.reject(new Error("first")))).rejects.toThrow("first");

    expect((await recordStack(() => new Pair("pair"))).resources).toHaveLength(3);
  });

  it("knows the whole chain of parents", async () => {
    const policy = (await recordStack(() => new Pair("pair"))).one("aws:iam/rolePolicy:RolePolicy");

    expect(policy.parentTypes).toEqual(["palisade:index:Pair", ROLE]);
    expect(policy.urn).toBe(
      "urn:pulumi:stack::project::palisade:index:Pair$aws:iam/role:Role$aws:iam/rolePolicy:RolePolicy::pair-policy",
    );
  });

  it("does not name the stack's own resource in a chain", async () => {
    const recording = await recordStack(() =>
      pulumi.runtime.runInPulumiStack(async () => ({ pair: new Pair("pair").urn })),
    );

    expect(recording.one("palisade:index:Pair").parentTypes).toEqual([]);
    expect(recording.one(ROLE).parentTypes).toEqual(["palisade:index:Pair"]);
  });

  it("unwraps secrets and says which inputs held one", async () => {
    const recording = await recordStack(
      () =>
        new aws.ssm.Parameter("p", {
          type: "SecureString",
          name: "/a/b",
          value: pulumi.secret("hunter2"),
          tags: { a: pulumi.secret("b") },
        }),
    );
    const parameter = recording.one("aws:ssm/parameter:Parameter");

    expect(parameter.inputs).toEqual({ type: "SecureString", name: "/a/b", value: "hunter2", tags: { a: "b" } });
    expect(parameter.secretInputs.sort()).toEqual(["tags", "value"]);
    expect(parameter.outputs).toMatchObject({ value: "hunter2" });
  });

  it("unwraps secrets in lists", async () => {
    const recording = await recordStack(() => new aws.rds.SubnetGroup("g", { subnetIds: ["a", pulumi.secret("b")] }));

    expect(recording.one("aws:rds/subnetGroup:SubnetGroup").inputs.subnetIds).toEqual(["a", "b"]);
  });

  it("keeps archives", async () => {
    const recording = await recordStack(
      () =>
        new aws.lambda.Function("f", {
          role: "r",
          code: new pulumi.asset.AssetArchive({ a: new pulumi.asset.StringAsset("x") }),
        }),
    );

    expect(pulumi.asset.AssetArchive.isInstance(recording.one("aws:lambda/function:Function").inputs.code)).toBe(true);
  });

  it("records the resource options", async () => {
    const recording = await recordStack(() => {
      const provider = new aws.Provider("provider", { region: "eu-central-1" });
      const topic = new aws.sns.Topic("topic");
      new aws.sns.Topic(
        "kept",
        {},
        {
          protect: true,
          retainOnDelete: true,
          deleteBeforeReplace: true,
          ignoreChanges: ["tags"],
          replaceOnChanges: ["name"],
          dependsOn: [topic],
          provider,
          aliases: [{ name: "old" }, { type: "aws:sns:Topic" }, "urn:pulumi:a::b::c::d"],
        },
      );
    });
    const topic = recording.one("aws:sns/topic:Topic", "topic");

    expect(topic.options).toEqual({
      protect: false,
      retainOnDelete: false,
      deleteBeforeReplace: false,
      ignoreChanges: [],
      replaceOnChanges: [],
      dependsOn: [],
      provider: "",
      aliases: [],
    });
    expect(recording.one("aws:sns/topic:Topic", "kept").options).toEqual({
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["tags"],
      replaceOnChanges: ["name"],
      dependsOn: [topic.urn],
      provider: "urn:pulumi:stack::project::pulumi:providers:aws::provider::provider-id",
      aliases: ["old", "aws:sns:Topic", "urn:pulumi:a::b::c::d"],
    });
  });

  it("records what a component registers as its outputs", async () => {
    const recording = await recordStack(() => {
      new Pair("pair");
      new pulumi.ComponentResource("palisade:index:Silent", "silent");
    });

    expect(recording.one("palisade:index:Pair").outputs).toEqual({ roleArn: recording.one(ROLE).outputs.arn });
    expect(recording.one("palisade:index:Pair").outputsRegistered).toBe(true);
    expect(recording.one("palisade:index:Pair").custom).toBe(false);
    expect(recording.one("palisade:index:Silent").outputsRegistered).toBe(false);
  });

  it("has the configuration of this call only", async () => {
    const read = () => new pulumi.Config("palisade").get("stage");

    expect((await recordStack(read, { config: { "palisade:stage": "dev" } })).result).toBe("dev");
    expect((await recordStack(read)).result).toBeUndefined();
  });

  it("runs as a preview on demand", async () => {
    expect((await recordStack(() => pulumi.runtime.isDryRun(), { preview: true })).result).toBe(true);
    expect((await recordStack(() => pulumi.runtime.isDryRun())).result).toBe(false);
  });
});

describe("a component that a plugin makes", () => {
  it("has its inputs and what its type adds as outputs, and no id", async () => {
    const recording = await recordStack(() => new Remote("awsx:ec2:Vpc", "net"));
    const vpc = recording.one("awsx:ec2:Vpc");

    expect(vpc).toMatchObject({ remote: true, custom: false, id: "", inputs: { cidrBlock: "10.0.0.0/20" } });
    expect(await resolved(recording.result.vpcId)).toMatch(/^vpc-\w{7}$/);
    expect(await resolved(recording.result.cidrBlock)).toBe("10.0.0.0/20");
    expect(vpc.outputs).not.toHaveProperty("arn");
  });

  it("takes the test's own outputs, known type or not", async () => {
    const outputs = { "awsx:ec2:Vpc": () => ({ vpcId: "vpc-own" }), "other:x:Y": () => ({ vpcId: "y" }) };
    const { result } = await recordStack(() => [new Remote("awsx:ec2:Vpc", "a"), new Remote("other:x:Y", "b")], {
      outputs,
    });

    expect(await Promise.all(result.map(({ vpcId }) => resolved(vpcId)))).toEqual(["vpc-own", "y"]);
  });

  it("is not what a component of the program is: that has the outputs that it registers", async () => {
    const outputs = { "palisade:index:Pair": () => ({ roleArn: "made up" }) };
    const recording = await recordStack(() => new Pair("pair"), { outputs });

    expect(recording.one("palisade:index:Pair")).toMatchObject({ remote: false });
    expect(await resolved(recording.result.roleArn)).toMatch(/^arn:aws:iam::/);
  });
});

describe("what goes wrong", () => {
  it("is thrown when the program throws", async () => {
    await expect(
      recordStack(() => {
        throw new Error("no such stage");
      }),
    ).rejects.toThrow("no such stage");
  });

  it("is thrown when an input's Output fails, and the resource is not made", async () => {
    const made: string[] = [];
    const failing = recordStack(
      () => {
        const assumeRolePolicy = pulumi.output("x").apply((): string => {
          throw new Error("refused here");
        });
        new aws.iam.Role("role", { assumeRolePolicy });
      },
      { outputs: { [ROLE]: ({ name }) => ({ made: made.push(name) }) } },
    );

    await expect(failing).rejects.toThrow("refused here");
    expect(made).toEqual([]);
  });

  it("is thrown when an apply fails that nobody waits for", async () => {
    await expect(
      recordStack(() => {
        new Pair("pair").roleArn.apply(() => {
          throw new Error("in an apply");
        });
      }),
    ).rejects.toThrow("in an apply");
  });

  it("is thrown for a transform", async () => {
    const transforms = [
      async () => {
        throw new Error("in a transform");
      },
    ];

    await expect(recordStack(() => new Pair("pair", { transforms }))).rejects.toThrow("in a transform");
  });

  it("leaves the process's own handlers as they were", async () => {
    const before = process.listeners("unhandledRejection");

    await expect(recordStack(() => Promise.reject(new Error("x")))).rejects.toThrow("x");

    expect(process.listeners("unhandledRejection")).toEqual(before);
  });
});

describe("provider functions", () => {
  const sentence =
    "the program called the provider function aws:iam/getUser:getUser, which no mock answers; " +
    'add it to recordStack\'s option "invokes"';

  it.each([
    { title: "an awaited call", call: () => aws.iam.getUser({ userName: "x" }).then(() => undefined) },
    { title: "a call that nobody waits for", call: () => void aws.iam.getUserOutput({ userName: "x" }) },
    { title: "a call that the program catches", call: () => aws.iam.getUser({ userName: "x" }).catch(() => undefined) },
  ])("refuse $title without a mock", async ({ call }) => {
    await expect(recordStack(call as () => unknown)).rejects.toThrow(sentence);
  });

  it("are answered by the test, and recorded", async () => {
    const recording = await recordStack(() => aws.iam.getUserOutput({ userName: "ann" }).arn, {
      invokes: { "aws:iam/getUser:getUser": ({ userName }) => ({ arn: `arn:${userName}` }) },
    });

    expect(await resolved(recording.result)).toBe("arn:ann");
    expect(recording.invokes).toEqual([{ token: "aws:iam/getUser:getUser", inputs: { userName: "ann" } }]);
  });

  it("know region, partition, account and zones", async () => {
    const read = async () => [
      (await aws.getRegion()).region,
      (await aws.getPartition()).partition,
      (await aws.getPartition()).reverseDnsPrefix,
      (await aws.getCallerIdentity()).accountId,
      (await aws.getAvailabilityZones()).names,
    ];

    expect((await recordStack(read)).result).toEqual([
      "eu-central-1",
      "aws",
      "com.amazonaws",
      "111122223333",
      ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    ]);
    const place = { partition: "aws-cn", region: "cn-north-1", accountId: "444455556666" };
    expect((await recordStack(read, { place })).result).toEqual([
      "cn-north-1",
      "aws-cn",
      "cn.com.amazonaws",
      "444455556666",
      ["cn-north-1a", "cn-north-1b", "cn-north-1c"],
    ]);
  });
});

describe("transforms", () => {
  const path = (value: string): pulumi.ResourceTransform => {
    return async ({ type, props, opts }) =>
      type === ROLE
        ? { props: { ...props, path: `${props.path ?? ""}${value}` }, opts: { ...opts, protect: true } }
        : undefined;
  };

  it("of a component reach its children, innermost first", async () => {
    const recording = await recordStack(() => {
      const outer = new pulumi.ComponentResource("palisade:index:Outer", "outer", {}, { transforms: [path("/outer")] });
      new Pair("pair", { parent: outer, transforms: [path("/pair")] });
    });

    expect(recording.one(ROLE).inputs).toEqual({ assumeRolePolicy: "{}", path: "/pair/outer" });
    expect(recording.one(ROLE).options.protect).toBe(true);
    expect(recording.one("aws:iam/rolePolicy:RolePolicy").options.protect).toBe(false);
  });

  it("do not reach another component", async () => {
    const recording = await recordStack(() => {
      new Pair("changed", { transforms: [path("/x")] });
      new Pair("same");
    });

    expect(recording.one(ROLE, "same-role").inputs).toEqual({ assumeRolePolicy: "{}" });
  });

  it("may change what happens on deletion and what is ignored", async () => {
    const transforms: pulumi.ResourceTransform[] = [
      async ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true, ignoreChanges: ["tags"] } }),
    ];

    const role = (await recordStack(() => new Pair("pair", { transforms }))).one(ROLE);

    expect(role.options).toMatchObject({ retainOnDelete: true, ignoreChanges: ["tags"], protect: false });
  });
});

describe("rejection", () => {
  it("is the error of an Output", async () => {
    const error = await rejection(() =>
      pulumi.output(1).apply((value): number => {
        throw new Error(`${value} is refused`);
      }),
    );

    expect(error.message).toBe("1 is refused");
  });

  it("throws when the Output resolves", async () => {
    await expect(rejection(() => pulumi.output(1))).rejects.toThrow("the Output resolved to 1; expected it to reject");
  });
});
