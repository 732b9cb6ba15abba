import { EdgeFirewall } from "@palisade/edge-firewall";
import { SecureGateway } from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import { contract, notesFunctions } from "./contract.ts";

/** Another account, perhaps in another region: its API is its own, who may call it is not. */
export function tenant() {
  const config = new pulumi.Config();
  const firewall = new EdgeFirewall("edge");
  const api = new SecureGateway("api", {
    apiDocument: contract,
    functions: notesFunctions(),
    firewall: { webAclArn: firewall.webAclArn },
    authorizer: {
      function: {
        functionName: config.require("authorizerName"),
        functionArn: config.require("authorizerArn"),
        invokeArn: config.require("authorizerInvokeArn"),
      },
      permittedElsewhere: true,
      resultTtlSeconds: 30,
    },
  });
  // What the owner's `apiArns` needs.
  return { url: api.url, restApiId: api.restApiId, stageName: api.stageName, apiArn: api.executionArn };
}
