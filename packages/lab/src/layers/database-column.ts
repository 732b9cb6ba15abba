import type { Removal } from "./removal.ts";

/** The note's column as weak has it: without a length. What no longer fits is deleted before the column is narrowed again. */
export const databaseColumn: Removal = {
  id: "database:column",
  remove: async (stage) => {
    await stage.database.query("ALTER TABLE orders MODIFY note LONGTEXT");
    return async () => {
      await stage.database.query("DELETE FROM orders WHERE CHAR_LENGTH(note) > 500");
      await stage.database.query("ALTER TABLE orders MODIFY note VARCHAR(500)");
    };
  },
};
