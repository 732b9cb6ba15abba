import { expect, test } from "vitest";
import { checkCompany } from "../../../src/shared/defences/company-check.ts";
import { alice, bob, carol } from "../../support/events.ts";
import { refusalOf } from "../../support/refusals.ts";

test("lets the company's own callers and administrators pass", () => {
  expect(() => checkCompany(alice, "acme")).not.toThrow();
  expect(() => checkCompany(carol, "acme")).not.toThrow();
});

test.each([
  ["another company", bob, "acme"],
  ["a caller without company and an order without", { ...alice, companyId: "" }, ""],
  ["the company's name in another case", { ...alice, companyId: "ACME" }, "acme"],
])("refuses %s", (_what, principal, companyId) => {
  expect(refusalOf(() => checkCompany(principal, companyId))).toEqual({
    defence: "company-check",
    status: 403,
    detail: "The order is not your company's.",
  });
});
