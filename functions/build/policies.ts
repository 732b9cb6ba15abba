import { fileURLToPath } from "node:url";

/** The folder of the example API's Cedar policies, `functions/policies`, absolute. */
export const POLICY_FOLDER = fileURLToPath(new URL("../policies", import.meta.url));
