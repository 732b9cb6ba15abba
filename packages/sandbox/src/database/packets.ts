/**
 * MySQL's client/server protocol, as far as a proxy needs it: framing, the handshake, OK, ERR and the auth switch.
 * https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html
 */
import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";

/** Capability flags that the proxy reads or changes. */
export const CLIENT_CONNECT_WITH_DB = 0x0000_0008;
export const CLIENT_COMPRESS = 0x0000_0020;
export const CLIENT_LOCAL_FILES = 0x0000_0080;
export const CLIENT_SSL = 0x0000_0800;
export const CLIENT_SECURE_CONNECTION = 0x0000_8000;
export const CLIENT_PLUGIN_AUTH = 0x0008_0000;
export const CLIENT_CONNECT_ATTRS = 0x0010_0000;
export const CLIENT_PLUGIN_AUTH_LENENC = 0x0020_0000;
export const CLIENT_ZSTD_COMPRESSION = 0x0400_0000;

/** The longest payload of one packet; a longer message continues in the next packet. */
export const MAX_PAYLOAD = 0xff_ff_ff;

/** Bytes that the proxy reads for one packet of the handshake; a token is below 64 KiB, a server's greeting far below. */
const MAX_HANDSHAKE_PACKET = 128 * 1024;

/** One packet: its sequence number (0 to 255) and its payload. */
export interface Packet {
  sequence: number;
  payload: Buffer;
}

/** The peer closed the connection, or broke the protocol, before the handshake was over. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
}

/** Frames a payload. */
export function frame(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence & 0xff;
  return Buffer.concat([header, payload]);
}

/**
 * Reads exactly one packet and leaves every later byte in the stream, so that the stream can be wrapped in TLS or piped afterwards.
 *
 * @throws HandshakeError when the stream ends first or the packet is longer than 128 KiB
 */
export async function readPacket(stream: Duplex): Promise<Packet> {
  const header = await readBytes(stream, 4);
  const length = header.readUIntLE(0, 3);
  if (length > MAX_HANDSHAKE_PACKET) throw new HandshakeError(`a packet of ${length} bytes before the login was over`);
  const payload = length === 0 ? Buffer.alloc(0) : await readBytes(stream, length);
  return { sequence: header.readUInt8(3), payload };
}

async function readBytes(stream: Duplex, count: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = stream.read(count);
    if (bytes !== null) {
      if (bytes.length === count) return bytes;
      throw new HandshakeError("the connection closed in the middle of a packet");
    }
    if (stream.readableEnded || stream.destroyed) throw new HandshakeError("the connection closed before the login");
    await new Promise<void>((resolve) => {
      const events = ["readable", "end", "close", "error"];
      const wake = () => {
        for (const event of events) stream.off(event, wake);
        resolve();
      };
      for (const event of events) stream.on(event, wake);
    });
  }
}

/** A server's greeting (HandshakeV10), and where its capability flags are, so that they can be changed in place. */
export interface Greeting {
  serverVersion: string;
  capabilities: number;
  salt: Buffer;
}

/** @throws HandshakeError when the payload is not a HandshakeV10 */
export function parseGreeting(payload: Buffer): Greeting {
  const versionEnd = payload.indexOf(0, 1);
  if (payload[0] !== 10 || versionEnd < 0 || payload.length < versionEnd + 44) {
    throw new HandshakeError("the database server did not greet with protocol version 10");
  }
  const at = versionEnd + 1;
  const capabilities = (payload.readUInt16LE(at + 13) | (payload.readUInt16LE(at + 18) << 16)) >>> 0;
  const salt = Buffer.concat([payload.subarray(at + 4, at + 12), payload.subarray(at + 31, at + 43)]);
  return { serverVersion: payload.toString("latin1", 1, versionEnd), capabilities, salt };
}

/** The same greeting with other capability flags; MariaDB's extended flags (in the reserved bytes) are cleared. */
export function greetingWithCapabilities(payload: Buffer, capabilities: number): Buffer {
  const at = payload.indexOf(0, 1) + 1;
  const changed = Buffer.from(payload);
  changed.writeUInt16LE(capabilities & 0xffff, at + 13);
  changed.writeUInt16LE(capabilities >>> 16, at + 18);
  changed.fill(0, at + 21, at + 31);
  return changed;
}

/** Whether a client's first packet asks for TLS: the 32 fixed bytes of a handshake response, and no user name. */
export function isTlsRequest(payload: Buffer): boolean {
  return payload.length === 32 && (payload.readUInt32LE(0) & CLIENT_SSL) !== 0;
}

/** What the proxy needs of a HandshakeResponse41. */
export interface LoginRequest {
  capabilities: number;
  maxPacket: number;
  charset: number;
  user: string;
  database: string | undefined;
}

/** @throws HandshakeError when the payload is not a HandshakeResponse41 */
export function parseLoginRequest(payload: Buffer): LoginRequest {
  const malformed = () => new HandshakeError("the client's handshake response is malformed");
  if (payload.length < 33) throw malformed();
  const capabilities = payload.readUInt32LE(0);
  const userEnd = payload.indexOf(0, 32);
  if (userEnd < 0) throw malformed();
  const user = payload.toString("utf8", 32, userEnd);
  let at = userEnd + 1;
  if (capabilities & (CLIENT_PLUGIN_AUTH_LENENC | CLIENT_SECURE_CONNECTION)) {
    // Length-encoded from 251 on; no client's first auth response is that long (20 or 32 bytes), so more is refused.
    const length = payload[at] ?? 0;
    if (length > 250) throw malformed();
    at += 1 + length;
  } else {
    const end = payload.indexOf(0, at);
    at = end < 0 ? payload.length : end + 1;
  }
  if (at > payload.length) throw malformed();
  let database: string | undefined;
  if (capabilities & CLIENT_CONNECT_WITH_DB) {
    const end = payload.indexOf(0, at);
    database = payload.toString("utf8", at, end < 0 ? payload.length : end);
  }
  return {
    capabilities,
    maxPacket: payload.readUInt32LE(4),
    charset: payload.readUInt8(8),
    user,
    database: database === "" ? undefined : database,
  };
}

/** A HandshakeResponse41 that logs in with a password by `mysql_native_password`. */
export function nativeLogin(request: LoginRequest, password: string, salt: Buffer): Buffer {
  const keep = request.capabilities & ~(CLIENT_SSL | CLIENT_CONNECT_ATTRS | CLIENT_PLUGIN_AUTH_LENENC | WRAPPED);
  const capabilities = (keep | CLIENT_SECURE_CONNECTION | CLIENT_PLUGIN_AUTH) >>> 0;
  const fixed = Buffer.alloc(32);
  fixed.writeUInt32LE(capabilities, 0);
  fixed.writeUInt32LE(request.maxPacket, 4);
  fixed[8] = request.charset;
  const scramble = nativeScramble(password, salt);
  const parts = [fixed, Buffer.from(`${request.user}\0`), Buffer.from([scramble.length]), scramble];
  if (capabilities & CLIENT_CONNECT_WITH_DB) parts.push(Buffer.from(`${request.database ?? ""}\0`));
  parts.push(Buffer.from("mysql_native_password\0"));
  return Buffer.concat(parts);
}

/** Flags that would put another framing around the packets, or let the server ask for the client's files. */
export const WRAPPED = CLIENT_COMPRESS | CLIENT_ZSTD_COMPRESSION | CLIENT_LOCAL_FILES;

/** SHA1(password) XOR SHA1(salt + SHA1(SHA1(password))). */
export function nativeScramble(password: string, salt: Buffer): Buffer {
  const sha1 = (...parts: Buffer[]) => parts.reduce((hash, part) => hash.update(part), createHash("sha1")).digest();
  const once = sha1(Buffer.from(password));
  const mask = sha1(salt, sha1(once));
  return Buffer.from(once.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

/** A login packet as the client sent it, without the flags of what ends at the proxy. */
export function withoutTls(payload: Buffer): Buffer {
  const changed = Buffer.from(payload);
  changed.writeUInt32LE((changed.readUInt32LE(0) & ~(CLIENT_SSL | WRAPPED)) >>> 0, 0);
  return changed;
}

/** Asks the client to answer in clear text, which is how RDS asks for an IAM token. */
export function clearPasswordSwitch(): Buffer {
  return Buffer.concat([Buffer.from([0xfe]), Buffer.from("mysql_clear_password\0")]);
}

/** An error of the server. */
export interface ServerError {
  errno: number;
  sqlState: string;
  message: string;
}

export function errorPacket(error: ServerError): Buffer {
  const head = Buffer.from([0xff, error.errno & 0xff, error.errno >> 8]);
  return Buffer.concat([head, Buffer.from(`#${error.sqlState}${error.message}`)]);
}

/** Reads an ERR packet; before the login is over a server may leave the SQL state out. */
export function parseErrorPacket(payload: Buffer): ServerError {
  const errno = payload.readUInt16LE(1);
  return payload[3] === 0x23
    ? { errno, sqlState: payload.toString("latin1", 4, 9), message: payload.toString("utf8", 9) }
    : { errno, sqlState: "HY000", message: payload.toString("utf8", 3) };
}
