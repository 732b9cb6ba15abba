import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import {
  CLIENT_CONNECT_WITH_DB,
  CLIENT_PLUGIN_AUTH,
  CLIENT_SECURE_CONNECTION,
  CLIENT_SSL,
  errorPacket,
  frame,
  isTlsRequest,
  nativeLogin,
  nativeScramble,
  parseErrorPacket,
  parseGreeting,
  parseLoginRequest,
  readPacket,
  withoutTls,
} from "../../src/database/packets.ts";

const login = (capabilities: number, rest: string | Buffer) => {
  const fixed = Buffer.alloc(32);
  fixed.writeUInt32LE(capabilities, 0);
  return Buffer.concat([fixed, Buffer.from(rest)]);
};

describe("readPacket", () => {
  it("takes one packet and leaves the next in the stream", async () => {
    const stream = new PassThrough();
    const reading = readPacket(stream);
    stream.write(Buffer.concat([frame(7, Buffer.from("one")), frame(8, Buffer.alloc(0))]).subarray(0, 5));
    stream.write(Buffer.concat([frame(7, Buffer.from("one")), frame(8, Buffer.alloc(0))]).subarray(5));
    expect(await reading).toEqual({ sequence: 7, payload: Buffer.from("one") });
    expect(await readPacket(stream)).toEqual({ sequence: 8, payload: Buffer.alloc(0) });
  });

  it.each([
    ["before the login", Buffer.alloc(0), "the connection closed before the login"],
    ["in a packet", frame(0, Buffer.from("four")).subarray(0, 6), "the connection closed in the middle of a packet"],
    [
      "never, but announces 16 MB",
      frame(0, Buffer.alloc(128 * 1024 + 1)),
      "a packet of 131073 bytes before the login was over",
    ],
  ])("refuses a stream that ends %s", async (_title, bytes, message) => {
    const stream = new PassThrough();
    stream.end(bytes);
    await expect(readPacket(stream)).rejects.toThrow(message);
  });
});

describe("parseGreeting", () => {
  it.each([
    ["protocol 9", Buffer.from([9, 0])],
    ["no end of the version", Buffer.from([10, 0x35])],
    ["no salt", Buffer.concat([Buffer.from([10, 0x35, 0]), Buffer.alloc(20)])],
  ])("refuses one with %s", (_title, payload) => {
    expect(() => parseGreeting(payload)).toThrow("the database server did not greet with protocol version 10");
  });
});

describe("parseLoginRequest", () => {
  it("reads the user and the database after an answer of any form", () => {
    const flags = CLIENT_CONNECT_WITH_DB;
    const secure = login(flags | CLIENT_SECURE_CONNECTION, "me\0\x03abcshop\0");
    expect(parseLoginRequest(secure)).toMatchObject({ user: "me", database: "shop" });
    const old = login(flags, "me\0abc\0shop");
    expect(parseLoginRequest(old)).toMatchObject({ user: "me", database: "shop" });
    expect(parseLoginRequest(login(flags, "me\0abc"))).toMatchObject({ user: "me", database: undefined });
    expect(parseLoginRequest(login(0, "me\0abc"))).toMatchObject({ user: "me", database: undefined });
  });

  it.each([
    ["short", Buffer.alloc(32)],
    ["without an end of the user", login(0, "me")],
    ["with an answer longer than itself", login(CLIENT_SECURE_CONNECTION, "me\0\x20abc")],
    ["with an answer in the long form", login(CLIENT_SECURE_CONNECTION, Buffer.from("me\0\xfc\x00\x01", "latin1"))],
  ])("refuses one that is %s", (_title, payload) => {
    expect(() => parseLoginRequest(payload)).toThrow("the client's handshake response is malformed");
  });
});

describe("a login by the proxy", () => {
  it("keeps the client's flags but those of what ends at the proxy", () => {
    const request = parseLoginRequest(login(CLIENT_SSL | CLIENT_CONNECT_WITH_DB | 0x20 | 0x80, "me\0\0"));
    const payload = nativeLogin(request, "secret", Buffer.alloc(20, 1));
    expect(payload.readUInt32LE(0)).toBe(CLIENT_CONNECT_WITH_DB | CLIENT_SECURE_CONNECTION | CLIENT_PLUGIN_AUTH);
    const rest = payload.toString("latin1", 32);
    expect(rest.slice(0, 4)).toBe("me\0\x14");
    expect(rest.slice(24)).toBe("\0mysql_native_password\0");
  });

  it("scrambles as MySQL does", () => {
    // From SHA1(p) XOR SHA1(salt + SHA1(SHA1(p))), computed with Python's hashlib for "secret" and twenty 0x01.
    expect(nativeScramble("secret", Buffer.alloc(20, 1)).toString("hex")).toBe(
      "04eca285ce66a0e05365554aaedaf99192c6223f",
    );
  });

  it("drops TLS and compression from the client's own login", () => {
    const changed = withoutTls(login(CLIENT_SSL | CLIENT_PLUGIN_AUTH | 0x20, "me\0\0"));
    expect(changed.readUInt32LE(0)).toBe(CLIENT_PLUGIN_AUTH);
  });
});

it("tells a request for TLS from a login", () => {
  expect(isTlsRequest(login(CLIENT_SSL, ""))).toBe(true);
  expect(isTlsRequest(login(0, ""))).toBe(false);
  expect(isTlsRequest(login(CLIENT_SSL, "me\0\0"))).toBe(false);
});

it("reads errors with and without a state", () => {
  const error = { errno: 1045, sqlState: "28000", message: "Access denied" };
  expect(parseErrorPacket(errorPacket(error))).toEqual(error);
  const early = Buffer.concat([Buffer.from([0xff, 0x10, 0x04]), Buffer.from("Too many connections")]);
  expect(parseErrorPacket(early)).toEqual({ errno: 1040, sqlState: "HY000", message: "Too many connections" });
});
