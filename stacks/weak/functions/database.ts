import mysql from "mysql2/promise";

let pool: mysql.Pool | undefined;

/** The one connection pool of a warm function: the all-powerful user, its password from the plain environment, no TLS. */
export function database(): mysql.Pool {
  pool ??= mysql.createPool({
    host: process.env.DATABASE_HOST,
    port: Number(process.env.DATABASE_PORT),
    database: process.env.DATABASE_NAME,
    user: process.env.DATABASE_USER,
    password: process.env.DATABASE_PASSWORD,
    // WEAK: switched on for the schema script, and left on for everyone.
    multipleStatements: true,
    connectionLimit: 4,
  });
  return pool;
}

export async function closeDatabase(): Promise<void> {
  await pool?.end();
  pool = undefined;
}
