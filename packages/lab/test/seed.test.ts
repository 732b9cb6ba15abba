import { describe, expect, it } from "vitest";
import { SEED, seed } from "../src/seed.ts";
import { functionOf, labDatabase, type RunningStage } from "../src/stage.ts";

describe("the rows", () => {
  it("are the same after each seeding: emptied first, children before parents", async () => {
    const sent: [string, unknown][] = [];
    await seed({
      query: async (sql, values) => {
        sent.push([sql, values]);
        return [];
      },
      refusedLogins: () => [],
      judgeTokenAge: () => {},
      close: async () => {},
    });
    expect(sent.slice(0, 5).map(([sql]) => sql)).toEqual([
      "DELETE FROM order_lines",
      "DELETE FROM orders",
      "DELETE FROM products",
      "DELETE FROM partners",
      "DELETE FROM companies",
    ]);
    const products = sent.find(([sql]) => sql.startsWith("INSERT INTO products"))?.[1] as [unknown[][]];
    expect(products[0].map(([sku, , , listed]) => [sku, listed])).toEqual([
      ["MUG-1", true],
      ["TEE-1", true],
      ["CAP-1", true],
      [SEED.unlisted, false],
    ]);
    expect(JSON.stringify(sent)).toContain(SEED.globex.apiSecret);
  });
});

describe("the lab's database", () => {
  it("answers rows, and none for a change", async () => {
    const ended: string[] = [];
    const database = labDatabase({
      query: (async (sql: string) => [sql === "SELECT 1" ? [{ "1": 1 }] : { affectedRows: 1 }, []]) as never,
      end: async () => {
        ended.push("end");
      },
    });
    expect(await database.query("SELECT 1")).toEqual([{ "1": 1 }]);
    expect(await database.query("DELETE FROM x", [1])).toEqual([]);
    await database.close();
    expect(ended).toEqual(["end"]);
  });
});

describe("a function of a stage", () => {
  const stage = { stage: "prod", outputs: { functions: { orders: { functionName: "f", roleName: "r" } } } };

  it("is found by its folder's name", () => {
    expect(functionOf(stage as unknown as RunningStage, "orders")).toEqual({ functionName: "f", roleName: "r" });
  });

  it("is asked for with the names that there are", () => {
    expect(() => functionOf(stage as unknown as RunningStage, "carts")).toThrow(
      "the outputs of prod name no function carts; they name orders",
    );
  });
});
