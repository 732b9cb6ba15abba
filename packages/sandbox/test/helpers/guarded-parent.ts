/** A process that starts a guarded one and then ends in the way it is told: `node guarded-parent.ts FOLDER MODE`. */
import { join } from "node:path";
import { cleanEnvironment } from "../../src/process/environment.ts";
import { startGuarded } from "../../src/process/guarded.ts";

const [folder = ".", mode] = process.argv.slice(2);
const child = await startGuarded("/bin/sh", ["-c", "sleep 60 & sleep 60"], {
  cwd: folder,
  env: cleanEnvironment(folder),
  logFile: join(folder, "parent.log"),
});
process.stdout.write(`${child.groupId}\n`);
const forever = () => setInterval(() => {}, 1000);
if (mode === "wait") forever();
if (mode === "throw") {
  setTimeout(() => {
    throw new Error("uncaught");
  }, 50);
}
if (mode === "listen") {
  forever();
  process.on("SIGINT", () => setTimeout(() => process.exit(7), 50));
}
