import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";

/**
 * The certificate by which a backend that speaks TLS itself knows that this API calls (APIGateway.2): adopted, or made. Functions are
 * invoked by IAM and see none of it.
 */
export function createClientCertificate({ name, args, tags, child }: BuildContext): pulumi.Input<string> {
  if (args.existingClientCertificateId !== undefined) return args.existingClientCertificateId;
  const logicalName = childName(name, "client-certificate");
  return new aws.apigateway.ClientCertificate(logicalName, { description: `Of the API ${name}`, tags }, child).id;
}
