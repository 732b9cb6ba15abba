import { Transform, type TransformCallback } from "node:stream";
import { MAX_PAYLOAD, parseErrorPacket, type ServerError } from "./packets.ts";

/** Bytes of an ERR packet that are kept; MySQL's messages are at most 512 bytes. */
const MAX_ERROR = 4096;

/**
 * Passes a server's bytes on unchanged and reports each ERR packet among them. It keeps no row: only the four bytes of a header and
 * the payload of an error are ever held. `0xff` opens no other packet: it is not a valid length in a text row, and a binary row, a
 * column definition and an OK packet begin with other bytes.
 */
export class ErrorWatch extends Transform {
  readonly #report: (error: ServerError) => void;
  #header = Buffer.alloc(4);
  #headerBytes = 0;
  #left = 0;
  #first = true;
  #continued = false;
  #error: Buffer[] | undefined;

  constructor(report: (error: ServerError) => void) {
    super();
    this.#report = report;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#headerBytes < 4) {
        chunk.copy(this.#header, this.#headerBytes++, at, at + 1);
        at++;
        if (this.#headerBytes === 4) this.#open();
        continue;
      }
      if (this.#first) {
        this.#first = false;
        if (chunk[at] === 0xff && !this.#continued) this.#error = [];
      }
      const end = Math.min(chunk.length, at + this.#left);
      this.#error?.push(chunk.subarray(at, end));
      this.#left -= end - at;
      at = end;
      if (this.#left === 0) this.#close();
    }
    done(null, chunk);
  }

  #open(): void {
    this.#left = this.#header.readUIntLE(0, 3);
    this.#first = true;
    if (this.#left === 0) this.#close();
  }

  #close(): void {
    if (this.#error !== undefined) {
      const payload = Buffer.concat(this.#error).subarray(0, MAX_ERROR);
      this.#error = undefined;
      if (payload.length >= 3) this.#report(parseErrorPacket(payload));
    }
    this.#continued = this.#header.readUIntLE(0, 3) === MAX_PAYLOAD;
    this.#headerBytes = 0;
  }
}
