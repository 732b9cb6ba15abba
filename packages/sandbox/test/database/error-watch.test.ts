import { describe, expect, it } from "vitest";
import { ErrorWatch } from "../../src/database/error-watch.ts";
import { errorPacket, frame, MAX_PAYLOAD, type ServerError } from "../../src/database/packets.ts";

const refusal: ServerError = { errno: 1142, sqlState: "42000", message: "SELECT command denied" };

/** Passes the bytes in chunks of a size; what came out, and what was reported. */
async function watch(bytes: Buffer, chunk: number): Promise<{ passed: Buffer; errors: ServerError[] }> {
  const errors: ServerError[] = [];
  const stream = new ErrorWatch((error) => errors.push(error));
  const passed: Buffer[] = [];
  stream.on("data", (data: Buffer) => passed.push(data));
  for (let at = 0; at < bytes.length; at += chunk) stream.write(bytes.subarray(at, at + chunk));
  await new Promise<void>((resolve) => stream.end(resolve));
  return { passed: Buffer.concat(passed), errors };
}

describe("ErrorWatch", () => {
  const bytes = Buffer.concat([
    frame(1, Buffer.from("row one")),
    frame(2, Buffer.alloc(0)),
    frame(3, errorPacket(refusal)),
    frame(1, Buffer.from([0, 0xff, 0xff])),
    frame(2, errorPacket({ ...refusal, errno: 1406 })),
  ]);

  it.each([1, 2, 3, 5, 7, 1000])("finds each error in chunks of %i bytes, and changes none", async (chunk) => {
    const { passed, errors } = await watch(bytes, chunk);
    expect(Buffer.compare(passed, bytes)).toBe(0);
    expect(errors).toEqual([refusal, { ...refusal, errno: 1406 }]);
  });

  it("does not take the second packet of a long row for an error", async () => {
    const long = [
      frame(1, Buffer.alloc(MAX_PAYLOAD, 1)),
      frame(2, errorPacket(refusal)),
      frame(3, errorPacket(refusal)),
    ];
    const { errors } = await watch(Buffer.concat(long), 1 << 20);
    expect(errors).toEqual([refusal]);
  });

  it("ignores an error that is cut short", async () => {
    const { errors } = await watch(frame(1, Buffer.from([0xff, 1])), 1000);
    expect(errors).toEqual([]);
  });
});
