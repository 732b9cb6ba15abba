import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A function whose code is a text, with a role of its own that allows nothing. */
export function inlineFunction(
  name: string,
  code: string,
  variables?: Record<string, pulumi.Input<string>>,
): aws.lambda.Function {
  const role = new aws.iam.Role(name, {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    },
  });
  return new aws.lambda.Function(name, {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) }),
    ...(variables !== undefined && { environment: { variables } }),
  });
}
