import { expect, test } from "vitest";
import { checkGroups } from "../../../src/shared/defences/group-check.ts";
import { alice, carol } from "../../support/events.ts";
import { refusalOf } from "../../support/refusals.ts";

test("lets a member of one of the groups pass", () => {
  expect(() => checkGroups(alice, ["admin", "partner"])).not.toThrow();
  expect(() => checkGroups(carol, ["admin"])).not.toThrow();
});

test.each([
  ["another group", alice, ["admin"]],
  ["no group at all", { ...alice, groups: [] }, ["partner"]],
  ["a group whose name begins alike", { ...alice, groups: ["administrators", "Admin"] }, ["admin"]],
  ["an operation that no group may call", carol, []],
])("refuses %s", (_what, principal, groups) => {
  expect(refusalOf(() => checkGroups(principal, groups))).toEqual({
    defence: "group-check",
    status: 403,
    detail: "Your groups may not call this operation.",
  });
});
