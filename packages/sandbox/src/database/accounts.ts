import { randomBytes } from "node:crypto";
import type { Connection, RowDataPacket } from "mysql2/promise";

/**
 * Lets the proxy log in as a database user whose IAM token it has checked. On Aurora the server itself knows the token's plugin; here
 * each such account gets a random password that only this process knows, set by the server's root over its socket.
 */
export class Accounts {
  readonly #admin: () => Promise<Connection>;
  readonly #passwords = new Map<string, Promise<string | undefined>>();

  constructor(admin: () => Promise<Connection>) {
    this.#admin = admin;
  }

  /** The password of the user's accounts, set when first asked for; undefined when no such account exists. */
  password(user: string): Promise<string | undefined> {
    const known = this.#passwords.get(user);
    if (known !== undefined) return known;
    const setting = this.#set(user).then((password) => {
      if (password === undefined) this.#passwords.delete(user);
      return password;
    });
    setting.catch(() => this.#passwords.delete(user));
    this.#passwords.set(user, setting);
    return setting;
  }

  /** Forgets a password that the server no longer accepts: the account was created anew since. */
  forget(user: string): void {
    this.#passwords.delete(user);
  }

  async #set(user: string): Promise<string | undefined> {
    const admin = await this.#admin();
    const [rows] = await admin.query<RowDataPacket[]>("SELECT Host FROM mysql.user WHERE User = ?", [user]);
    if (rows.length === 0) return undefined;
    const password = randomBytes(24).toString("base64url");
    for (const { Host: host } of rows) {
      // TLS ends at the proxy, which has required it already, so the account must not require it of the socket.
      await admin.query("ALTER USER ?@? IDENTIFIED BY ? REQUIRE NONE ACCOUNT UNLOCK", [user, host, password]);
    }
    return password;
  }
}
