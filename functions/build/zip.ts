import { buffer } from "node:stream/consumers";
import yazl from "yazl";

/**
 * Packs files into a zip whose bytes depend on nothing but the names and the contents: the entries are sorted, their dates
 * and modes are fixed.
 *
 * @param entries path inside the zip to content
 * @returns the bytes of the zip
 */
export async function deterministicZip(entries: Record<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  // Any date: Lambda ignores it, and a zip holds it as local time. Those before 1 January 1980 are none to a zip, in any zone.
  const mtime = new Date(1980, 1, 1);
  for (const path of Object.keys(entries).sort()) {
    zip.addBuffer(entries[path] as Buffer, path, {
      mtime,
      // Only the DOS field: the other one is in UTC and would change with the time zone of the machine.
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  }
  zip.end();
  return await buffer(zip.outputStream);
}
