import { fileURLToPath } from "node:url";

/** The folder for everything that the sandbox writes: `.lab` at the repository's root, which git ignores. */
export const labDirectory = fileURLToPath(new URL("../../../.lab", import.meta.url));

/** Progress for the person at the terminal: one line for each long step. */
export type OnProgress = (line: string) => void;
