import { databaseUsers, migrations } from "@palisade/functions/schema";
import { databaseUserOf } from "./database-user.ts";
import type { Removal } from "./removal.ts";

/**
 * The note of an order as weak has it, the one column that takes any text of a caller: without a length. What no longer fits is
 * deleted before the column is as it was.
 */
export const databaseColumn: Removal = {
  id: "database:column",
  remove: async (stage, attack) => {
    const user = await databaseUserOf(stage, attack.target, "database:column");
    if (!insertsOrders(user)) {
      throw new Error(`database:column: ${attack.target} writes no order, so that orders.note is not what it meets`);
    }
    const { definition, length } = noteColumn();
    await stage.database.query("ALTER TABLE orders MODIFY note LONGTEXT");
    return async () => {
      await stage.database.query(`DELETE FROM orders WHERE CHAR_LENGTH(note) > ${length}`);
      await stage.database.query(`ALTER TABLE orders MODIFY note ${definition}`);
    };
  },
};

/** Whether a database user of the schema may insert orders. */
export function insertsOrders(user: string): boolean {
  const grants = databaseUsers.find(({ name }) => name === user)?.grants ?? [];
  return grants.some(({ privileges, on }) => on === "orders" && /\bINSERT\b/.test(privileges));
}

/**
 * The column as the last step of the schema defines it.
 *
 * @throws Error when the schema gives the note no length: then there is nothing to take away
 */
export function noteColumn(steps: readonly { statements: readonly string[] }[] = migrations): {
  definition: string;
  length: number;
} {
  const tables = steps.flatMap(({ statements }) => statements).filter((sql) => /\bTABLE\b.*\borders\b/.test(sql));
  const [definition, length] = /\bnote (VARCHAR\((\d+)\)[^,\n]*)/.exec(tables.join("\n"))?.slice(1) ?? [];
  if (definition === undefined) throw new Error("database:column: the schema gives orders.note no length");
  return { definition, length: Number(length) };
}
