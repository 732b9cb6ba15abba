import { dirname } from "node:path";

/** Variables of the user's environment that a child process of the sandbox may see. */
const KEPT = ["LANG", "LC_ALL", "LC_CTYPE", "TZ", "TERM"];

/**
 * The environment of the sandbox's child processes: nothing of the user's but the path and the locale, so that neither
 * AWS credentials (`AWS_*`, `~/.aws`) nor anything else can leak into the emulator, and from there into the functions,
 * which inherit its environment.
 *
 * @param directory The sandbox's folder: it becomes HOME, and its `tmp` TMPDIR, so that no file lands elsewhere.
 * @param extra Variables to add.
 */
export function cleanEnvironment(directory: string, extra: Record<string, string> = {}): Record<string, string> {
  const kept = Object.fromEntries(KEPT.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  return {
    ...kept,
    // The node that runs this is the workspace's own, of the Lambda runtime's version: functions must run on it too.
    PATH: [dirname(process.execPath), process.env.PATH ?? "/usr/bin:/bin"].join(":"),
    HOME: directory,
    TMPDIR: `${directory}/tmp`,
    ...extra,
  };
}
