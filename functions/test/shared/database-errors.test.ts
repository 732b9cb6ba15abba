import { expect, test } from "vitest";
import { refusalOfDatabase } from "../../src/shared/database-errors.ts";

test.each([1044, 1045, 1142, 1143, 1227, 1370])("error %i is a refusal for want of a privilege", (errno) => {
  expect(refusalOfDatabase({ errno, message: "SELECT command denied to user 'catalog'" })).toMatchObject({
    layer: "database",
    defence: "grants",
    status: 500,
    detail: "The request could not be carried out.",
  });
});

test.each([1062, 1264, 1366, 1406, 3819, 4025])("error %i is a refusal by a column", (errno) => {
  expect(refusalOfDatabase({ errno })).toMatchObject({
    layer: "database",
    defence: "column",
    status: 422,
    detail: "A value of the request does not fit where it is stored.",
  });
});

test.each([[new Error("lost")], [{ errno: 1064 }], [{ errno: "1142" }], [undefined], [null]])(
  "%s is no refusal",
  (error) => {
    expect(refusalOfDatabase(error)).toBe(error);
  },
);
