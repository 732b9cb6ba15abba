import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { pipeline } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import type { Accounts } from "./accounts.ts";
import type { ServerCertificate } from "./certificate.ts";
import { ErrorWatch } from "./error-watch.ts";
import type { IamAuthority } from "./iam-authority.ts";
import { checkToken } from "./iam-token.ts";
import { type DatabaseLog, withoutValues } from "./log.ts";
import {
  CLIENT_SSL,
  clearPasswordSwitch,
  errorPacket,
  frame,
  greetingWithCapabilities,
  HandshakeError,
  isTlsRequest,
  type LoginRequest,
  nativeLogin,
  type Packet,
  parseErrorPacket,
  parseGreeting,
  parseLoginRequest,
  readPacket,
  type ServerError,
  WRAPPED,
  withoutTls,
} from "./packets.ts";

/** How long a client may take to log in, in milliseconds; MySQL's own default (`connect_timeout`). */
const LOGIN_TIMEOUT = 10_000;

export interface ProxyOptions {
  /** Opens a connection to the database server behind the proxy. */
  connectServer(): Promise<Socket>;
  certificate: ServerCertificate;
  accounts: Accounts;
  log: DatabaseLog;
  /** How IAM tokens are judged; undefined where IAM authentication is off. */
  iam: { authority: IamAuthority; region: string } | undefined;
  /** Whether a token that is past its time is refused; asked at each login. Default: yes. */
  judgesTokenAge?(): boolean;
  /** Whether the user may log in with a password. */
  mayUsePassword(user: string): boolean;
  /** Refuse every login without TLS (`require_secure_transport`); users with IAM tokens always need it. */
  requireTls: boolean;
}

export interface DatabaseProxy {
  port: number;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startProxy(options: ProxyOptions): Promise<DatabaseProxy> {
  const tls = createSecureContext({
    cert: options.certificate.certificatePem,
    key: options.certificate.keyPem,
    minVersion: "TLSv1.2",
  });
  const sockets = new Set<Socket>();
  let port = 0;
  const server: Server = createServer((client) => {
    sockets.add(client);
    client.on("close", () => sockets.delete(client));
    void new Session(client, tls, options, port).run();
  });
  server.listen({ host: "127.0.0.1", port: 0, exclusive: true });
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
  return {
    port,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A login that the proxy refuses: what the client is told, and the reason, which only the log is. */
class Refusal extends Error {
  readonly error: ServerError;

  constructor(error: ServerError, reason: string) {
    super(reason);
    this.error = error;
  }
}

/** One client's connection. */
class Session {
  readonly #options: ProxyOptions;
  readonly #tls: SecureContext;
  readonly #port: number;
  /** The client, and from the TLS handshake on its encrypted stream. */
  #client: Socket;
  #server: Socket | undefined;
  #user = "";
  /** The number of the next packet that the client is sent. */
  #sequence = 0;

  constructor(client: Socket, tls: SecureContext, options: ProxyOptions, port: number) {
    this.#client = client;
    this.#tls = tls;
    this.#options = options;
    this.#port = port;
  }

  async run(): Promise<void> {
    const raw = this.#client;
    // The stream's end is seen by whoever reads; without a listener an error event would end the process.
    raw.on("error", () => {});
    raw.setMaxListeners(30);
    raw.setNoDelay(true);
    raw.setTimeout(LOGIN_TIMEOUT, () => raw.destroy());
    try {
      await this.#logIn();
      raw.setTimeout(0);
      this.#forward();
    } catch (error) {
      this.#refuse(error);
    }
  }

  async #logIn(): Promise<void> {
    const { socket, greeting } = await this.#openServer();
    const { capabilities, salt } = parseGreeting(greeting.payload);
    this.#send(greetingWithCapabilities(greeting.payload, (capabilities & ~WRAPPED) | CLIENT_SSL));
    let packet = await this.#receive();
    const encrypted = isTlsRequest(packet.payload);
    if (encrypted) {
      await this.#startTls();
      packet = await this.#receive();
    }
    const login = parseLoginRequest(packet.payload);
    this.#user = login.user;
    if (this.#options.iam !== undefined && !this.#options.mayUsePassword(login.user)) {
      if (!encrypted) throw insecure("IAM tokens are taken over TLS only");
      await this.#logInWithToken(login, salt, this.#options.iam);
    } else {
      if (!encrypted && this.#options.requireTls) throw insecure("require_secure_transport is on");
      if (!this.#options.mayUsePassword(login.user))
        throw denied(login.user, "passwords are not allowed for this user");
      await this.#relayLogin(socket, packet);
    }
    this.#options.log.add({ user: this.#user, event: "connected" });
  }

  /** The server checks the password itself: its salt went to the client, and the client's answer goes to it. */
  async #relayLogin(server: Socket, first: Packet): Promise<void> {
    let fromClient: Packet = { sequence: 1, payload: withoutTls(first.payload) };
    for (;;) {
      server.write(frame(fromClient.sequence, fromClient.payload));
      const answer = await readPacket(server);
      if (answer.payload[0] === 0xff) {
        throw new Refusal(parseErrorPacket(answer.payload), "the server does not accept the password");
      }
      this.#send(answer.payload);
      if (answer.payload[0] === 0x00) return;
      fromClient = { sequence: answer.sequence + 1, payload: (await this.#receive()).payload };
    }
  }

  async #logInWithToken(login: LoginRequest, salt: Buffer, iam: NonNullable<ProxyOptions["iam"]>): Promise<void> {
    this.#send(clearPasswordSwitch());
    const answer = (await this.#receive()).payload;
    const text = answer.toString("latin1", 0, answer.at(-1) === 0 ? answer.length - 1 : answer.length);
    const target = { host: "127.0.0.1", port: this.#port, user: login.user, region: iam.region };
    const checked = checkToken(text, target, Date.now(), this.#options.judgesTokenAge?.());
    if ("reason" in checked) throw denied(login.user, checked.reason);
    const signer = await iam.authority.signer(checked.token);
    if ("reason" in signer) throw denied(login.user, signer.reason);
    const refusal = await iam.authority.refusal(signer.principalArn, login.user);
    if (refusal !== undefined) throw denied(login.user, refusal);
    this.#send(await this.#enterServer(login, salt));
  }

  /** Logs in to the server as the user, with the password that the proxy gave the account; the server's OK. */
  async #enterServer(login: LoginRequest, salt: Buffer): Promise<Buffer> {
    let [socket, currentSalt] = [this.#server as Socket, salt];
    for (let attempt = 1; ; attempt++) {
      const password = await this.#options.accounts.password(login.user);
      if (password === undefined) throw denied(login.user, "the server has no such user");
      socket.write(frame(1, nativeLogin(login, password, currentSalt)));
      const answer = await readPacket(socket);
      if (answer.payload[0] === 0x00) return answer.payload;
      const error = parseErrorPacket(answer.payload);
      // The account may have been dropped and created since the proxy set its password.
      if (error.errno !== 1045 || attempt === 2) throw new Refusal(error, "the server does not let the user in");
      this.#options.accounts.forget(login.user);
      const again = await this.#openServer();
      [socket, currentSalt] = [again.socket, parseGreeting(again.greeting.payload).salt];
    }
  }

  async #openServer(): Promise<{ socket: Socket; greeting: Packet }> {
    this.#server?.destroy();
    const socket = await this.#options.connectServer();
    this.#server = socket;
    socket.on("error", () => {});
    const client = this.#client;
    client.once("close", () => socket.destroy());
    const greeting = await readPacket(socket);
    if (greeting.payload[0] === 0xff) throw new Refusal(parseErrorPacket(greeting.payload), "the server is not ready");
    return { socket, greeting };
  }

  async #startTls(): Promise<void> {
    const secured = new TLSSocket(this.#client, { isServer: true, secureContext: this.#tls });
    // The pipelines of both directions and the reading of the login add more than the ten that Node takes for a leak.
    secured.setMaxListeners(30);
    this.#client = secured;
    await new Promise<void>((resolve, reject) => {
      secured.once("secure", resolve);
      secured.on("error", (error) => reject(new HandshakeError(`the TLS handshake failed: ${error.message}`)));
      secured.once("close", () => reject(new HandshakeError("the client broke the TLS handshake off")));
    });
  }

  /** From here on both sides talk to each other; the proxy only listens for errors. */
  #forward(): void {
    const server = this.#server as Socket;
    const watch = new ErrorWatch((error) => {
      this.#options.log.add({
        user: this.#user,
        event: "error",
        errno: error.errno,
        sqlState: error.sqlState,
        message: withoutValues(error),
      });
    });
    const close = () => {
      this.#client.destroy();
      server.destroy();
    };
    pipeline(this.#client, server, close);
    pipeline(server, watch, this.#client, close);
  }

  #refuse(error: unknown): void {
    this.#server?.destroy();
    const told = error instanceof Refusal ? error.error : undefined;
    this.#options.log.add({
      user: this.#user,
      event: "refused",
      ...(told && { errno: told.errno, sqlState: told.sqlState, message: withoutValues(told) }),
      reason: (error as Error).message,
    });
    if (this.#client.destroyed) return;
    if (error instanceof HandshakeError) {
      this.#client.destroy();
      return;
    }
    const lost: ServerError = { errno: 2013, sqlState: "HY000", message: "Lost connection to the database server" };
    this.#client.end(frame(this.#sequence, errorPacket(told ?? lost)));
  }

  #send(payload: Buffer): void {
    this.#client.write(frame(this.#sequence++, payload));
  }

  async #receive(): Promise<Packet> {
    const packet = await readPacket(this.#client);
    this.#sequence = packet.sequence + 1;
    return packet;
  }
}

function denied(user: string, reason: string): Refusal {
  const message = `Access denied for user '${user}'@'127.0.0.1' (using password: YES)`;
  return new Refusal({ errno: 1045, sqlState: "28000", message }, reason);
}

/** MySQL's own words for a login without TLS where `require_secure_transport` is on. */
function insecure(reason: string): Refusal {
  const message = "Connections using insecure transport are prohibited while --require_secure_transport=ON.";
  return new Refusal({ errno: 3159, sqlState: "HY000", message }, reason);
}
