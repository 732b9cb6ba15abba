import fc from "fast-check";
import { expect, test } from "vitest";
import { loadLayout } from "../../../src/shared/defences/receipt-layout.ts";
import { Refusal } from "../../../src/shared/refusal.ts";
import { refusalOf } from "../../support/refusals.ts";

test("finds a layout by its name, and the standard one without", () => {
  expect(loadLayout("standard")).toContain("max-width:40rem");
  expect(loadLayout("compact")).toContain("max-width:22rem");
  expect(loadLayout(undefined)).toBe(loadLayout("standard"));
});

test.each([
  "",
  "../index.mjs",
  "standard/../../index.mjs",
  "/etc/passwd",
  "STANDARD",
  "__proto__",
  "constructor",
  "standard\u0000",
])("refuses %j", (name) => {
  expect(refusalOf(() => loadLayout(name))).toEqual({
    defence: "receipt-layout",
    status: 400,
    detail: "layout must be one of: standard, compact.",
  });
});

test("no name gives anything but one of the two style sheets", () => {
  const known = [loadLayout("standard"), loadLayout("compact")];
  fc.assert(
    fc.property(fc.string(), (name) => {
      try {
        expect(known).toContain(loadLayout(name));
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});
