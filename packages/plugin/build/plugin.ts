/** What Pulumi runs: `main` of package.json is this file, bundled as CommonJS (`build/bundle.mjs`). */
import * as pulumi from "@pulumi/pulumi";
import manifest from "../package.json" with { type: "json" };
import { PalisadeProvider } from "../src/provider.ts";

// CommonJS has no `await` at the top of a file; what fails ends the process with a message, as Pulumi's own host does it.
void pulumi.provider.main(new PalisadeProvider(manifest.version), process.argv.slice(2));
