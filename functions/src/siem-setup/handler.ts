import { readAwsEnvironment } from "../shared/env.ts";
import { duringInvocation, type InvocationContext } from "../shared/invocation.ts";
import { createSetup, type SetupAnswer, type SetupRequest } from "./core.ts";
import { createSend } from "./send.ts";

const aws = readAwsEnvironment("siem-setup", process.env);

/** Is invoked on deploy, with all that is to be set up. */
export function handler(request: SetupRequest, context?: InvocationContext): Promise<SetupAnswer> {
  return duringInvocation(context, () => createSetup(createSend(aws, request))(request));
}
