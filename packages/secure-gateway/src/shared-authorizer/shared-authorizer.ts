import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foreignApis, knownApis } from "./apis.ts";
import type { SharedAuthorizerArgs } from "./args.ts";

/**
 * Lets APIs of other accounts and regions ask one authorizer function, so that who may call is decided in one place: one permission an API,
 * for its authorizers only and from its account only. Each of those accounts deploys its own `SecureGateway` with
 * `authorizer: { function, permittedElsewhere: true }`.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-cross-account-lambda-authorizer.html
 */
export class SharedAuthorizer extends pulumi.ComponentResource {
  /** The APIs that may ask, as the function's variable `KNOWN_APIS` has them. */
  public readonly knownApis: pulumi.Output<string>;

  /**
   * @param name The logical name; every permission's begins with it.
   * @param args The function, and the APIs that may ask it.
   * @param opts Pulumi's options; `transforms` reaches every permission.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: SharedAuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:SharedAuthorizer", name, {}, opts);
    for (const { arn, region, accountId, restApiId } of foreignApis(name, args.apiArns)) {
      new aws.lambda.Permission(
        childName(name, `invoke-${region}-${accountId}-${restApiId}`),
        {
          action: "lambda:InvokeFunction",
          principal: "apigateway.amazonaws.com",
          function: args.function.functionName,
          qualifier: args.function.qualifier,
          // The ids of authorizers that an import makes are not known to anybody before.
          sourceArn: `${arn}/authorizers/*`,
          // An ARN names its account already; an id that AWS gives again in another account does not pass for it.
          sourceAccount: accountId,
        },
        { parent: this },
      );
    }
    this.knownApis = pulumi.output(knownApis(args.apiArns));
    this.registerOutputs({ knownApis: this.knownApis });
  }
}
