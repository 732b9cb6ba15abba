import { createAwsCaller } from "../shared/aws.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { duringInvocation, type InvocationContext } from "../shared/invocation.ts";
import { createLogger } from "../shared/log.ts";
import { createPut } from "./put.ts";
import { createTransform, type TransformAnswer, type TransformRequest } from "./transform.ts";

const aws = readAwsEnvironment("ocsf", process.env);
const transform = createTransform({
  put: createPut(createAwsCaller(aws)),
  region: aws.region,
  log: createLogger("ocsf"),
});

/** Is called by Firehose with the records that it is about to deliver. */
export function handler(request: TransformRequest, context?: InvocationContext): Promise<TransformAnswer> {
  return duringInvocation(context, () => transform(request));
}
