import { expect, test, vi } from "vitest";

const packs = vi.hoisted(
  () => [] as { name: string; args: { policies: { name: string; enforcementLevel: string }[] } }[],
);
vi.mock("@pulumi/policy", () => ({
  PolicyPack: class {
    constructor(name: string, args: (typeof packs)[number]["args"]) {
      packs.push({ name, args });
    }
  },
}));

test("importing starts no pack; starting one gives it every rule, at the profile's level", async () => {
  const { startPack } = await import("../src/index.ts");
  expect(packs).toEqual([]);
  startPack();
  startPack("dev");
  const levelOf = (pack: (typeof packs)[number] | undefined, rule: string) =>
    pack?.args.policies.find(({ name }) => name === rule)?.enforcementLevel;
  expect(packs.map((pack) => [pack.name, levelOf(pack, "cognito-mfa")])).toEqual([
    ["palisade", "mandatory"],
    ["palisade", "advisory"],
  ]);
});
