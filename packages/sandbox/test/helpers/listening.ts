import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What a process and its descendants listen on, as `address:port` in the kernel's hexadecimal form. Linux only. */
export function listening(pid: number): string[] {
  const inodes = new Set([pid, ...descendants(pid)].flatMap(socketsOf));
  return ["tcp", "tcp6"].flatMap((family) =>
    readFileSync(`/proc/net/${family}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      // The fourth field is the state, of which 0A is LISTEN; the tenth is the socket's inode.
      .filter((fields) => fields[3] === "0A" && inodes.has(fields[9] as string))
      .map((fields) => fields[1] as string),
  );
}

function descendants(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number | undefined {
  try {
    // The second field, the name, is in brackets and may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/s, "").trim().split(" ")[1]);
  } catch {
    return undefined;
  }
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
