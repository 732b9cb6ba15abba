import { main } from "./main.ts";

// Ended at once: connections that the AWS SDK keeps open would hold the process for seconds.
process.exit(await main(process.argv.slice(2)));
