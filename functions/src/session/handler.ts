import { createAwsCaller } from "../shared/aws.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { createApiHandler } from "../shared/function.ts";
import { sessionEdges } from "./edges.ts";
import { readSessionEnvironment } from "./env.ts";
import { sessionOperations } from "./operations.ts";

const environment = readSessionEnvironment(process.env);
const call = createAwsCaller(readAwsEnvironment("session", process.env));

export const handler = createApiHandler("session", sessionOperations(sessionEdges(call, environment)));
