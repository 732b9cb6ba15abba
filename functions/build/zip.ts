import { buffer } from "node:stream/consumers";
import yazl from "yazl";

// The earliest date that a zip can hold. Lambda ignores it; without a fixed one every build has other bytes.
const FIXED_DATE = new Date(1980, 0, 1);

/**
 * Packs files into a zip whose bytes depend on nothing but the names and the contents: the entries are sorted, their dates
 * and modes are fixed.
 *
 * @param entries path inside the zip to content
 * @returns the bytes of the zip
 */
export async function deterministicZip(entries: Record<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const path of Object.keys(entries).sort()) {
    zip.addBuffer(entries[path] as Buffer, path, {
      mtime: FIXED_DATE,
      // Only the DOS field: the other one is in UTC and would change with the time zone of the machine.
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  }
  zip.end();
  return await buffer(zip.outputStream);
}
