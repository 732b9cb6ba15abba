import { describe, expect, test } from "vitest";
import { runStatement } from "../../../src/shared/defences/prepared-statement.ts";
import { refuseSecondStatement, statementOptions } from "../../../src/shared/defences/single-statement.ts";
import { refusalOf } from "../../support/refusals.ts";

describe("runStatement", () => {
  test("sends values apart from the text, and never a text alone", async () => {
    const sent: unknown[] = [];
    const connection = {
      execute: async (sql: string, values: readonly unknown[]) => {
        sent.push([sql, values]);
        return "rows";
      },
      query: async () => {
        throw new Error("a text was sent as it is");
      },
    };
    const hostile = "-' UNION SELECT 0,email,api_secret,0 FROM partners -- ";
    expect(await runStatement(connection, "SELECT ?", [hostile])).toBe("rows");
    expect(sent).toEqual([["SELECT ?", [hostile]]]);
  });
});

describe("refuseSecondStatement", () => {
  test("lets one statement pass", () => {
    expect(() => refuseSecondStatement("SELECT id FROM orders WHERE id = ?")).not.toThrow();
  });

  test("refuses a text with a semicolon", () => {
    const text = "SELECT 1 FROM products WHERE name LIKE '%-'; UPDATE products SET price_cents=1 -- %'";
    expect(refusalOf(() => refuseSecondStatement(text))).toEqual({
      defence: "single-statement",
      status: 400,
      detail: "The request cannot be carried out.",
    });
  });

  test("tells the driver to refuse several statements", () => {
    expect(statementOptions).toEqual({ multipleStatements: false });
  });
});
