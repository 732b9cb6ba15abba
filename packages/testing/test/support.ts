import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A small component: a role and its policy. */
export class Pair extends pulumi.ComponentResource {
  public readonly roleArn: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:Pair", name, {}, opts);
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: "{}" }, { parent: this });
    new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: "{}" }, { parent: role });
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
