/**
 * `prepare`: runs at the end of an installation, and before a package is packed. A folder that `pulumi package add` is pointed at is installed
 * by Pulumi, and so has its entry.
 */
import { bundlePlugin } from "./bundle.mjs";

await bundlePlugin();
