import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "./alarm.ts";
import type { EdgeFirewallArgs } from "./args.ts";
import { createAssociation } from "./association.ts";
import { createLogging } from "./logs.ts";
import { firewallSettings } from "./settings.ts";
import { createShield } from "./shield.ts";
import { createWebAcl } from "./web-acl.ts";

/**
 * A web ACL of AWS WAF in front of an API's stage or a CloudFront distribution: limits of requests for each address, rules against
 * SQL injection, cross-site scripting and oversized requests, and AWS's lists of attackers. What AWS WAF cannot inspect does not
 * pass, matches are logged without credentials, and the capacity is computed before anything is made.
 */
export class EdgeFirewall extends pulumi.ComponentResource {
  /** The web ACL's ARN, which a gateway's `firewall` or a distribution's `webAclId` takes. */
  public readonly webAclArn: pulumi.Output<string>;
  /** The web ACL's id. */
  public readonly webAclId: pulumi.Output<string>;
  /** The web ACL's name. */
  public readonly webAclName: pulumi.Output<string>;
  /** The capacity units that the rules cost at most, by AWS's published costs. */
  public readonly capacity: pulumi.Output<number>;
  /** The name of the log's log group. */
  public readonly logGroupName: pulumi.Output<string>;
  /** The ARN of the log's log group. */
  public readonly logGroupArn: pulumi.Output<string>;
  /** The name of the header that CloudFront adds for the origin; missing without `originSecret`. */
  public readonly originSecretHeader?: pulumi.Output<string>;
  /** The value of that header, a secret: the distribution's `customHeaders` takes both. Missing without `originSecret`. */
  public readonly originSecret?: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is let through. Every option has a default.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed or the rules cost too much capacity.
   */
  constructor(name: string, args: EdgeFirewallArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:EdgeFirewall", name, {}, opts);
    const parent = { parent: this };
    const settings = firewallSettings(name, args);
    const tagged = { component: "EdgeFirewall", name, teamTags: args.teamTags };
    const tags = resourceTags(tagged);
    const webAclTags = resourceTags({ ...tagged, lowered: settings.lowered });

    const webAcl = createWebAcl(name, settings, webAclTags, parent);
    const logGroup = createLogging(name, args, settings, webAcl, tags, parent);
    createAssociation(name, settings.stageArn, webAcl, parent);
    createAlarm(name, args, settings, tags, parent);
    createShield(name, settings.shield, tags, parent);

    this.webAclArn = webAcl.arn;
    this.webAclId = webAcl.id;
    this.webAclName = webAcl.name;
    this.capacity = pulumi.output(Object.values(settings.capacities).reduce((sum, units) => sum + units, 0));
    this.logGroupName = pulumi.output(logGroup.logGroupName);
    this.logGroupArn = pulumi.output(logGroup.logGroupArn);
    if (settings.originSecret !== undefined) {
      this.originSecretHeader = pulumi.output(settings.originSecret.headerName);
      this.originSecret = settings.originSecret.value;
    }
    this.registerOutputs({
      webAclArn: this.webAclArn,
      webAclId: this.webAclId,
      webAclName: this.webAclName,
      capacity: this.capacity,
      logGroupName: this.logGroupName,
      logGroupArn: this.logGroupArn,
      originSecretHeader: this.originSecretHeader,
      originSecret: this.originSecret,
    });
  }
}
