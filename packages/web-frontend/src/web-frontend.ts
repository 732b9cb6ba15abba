import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import type { WebFrontendArgs } from "./args.ts";
import { allowDistribution, createBucket, createFiles } from "./bucket.ts";
import { createDistribution } from "./distribution.ts";
import { createLogs } from "./logs.ts";
import { webFrontendSettings } from "./validate.ts";

/**
 * A static page: files in a bucket that only a CloudFront distribution reads, with headers that let no foreign script run, no other page frame it
 * and no text become markup; beside an API on the same host, so that the page's session is a cookie that no script can read.
 */
export class WebFrontend extends pulumi.ComponentResource {
  /** The distribution's id. */
  public readonly distributionId: pulumi.Output<string>;
  /** The distribution's ARN. */
  public readonly distributionArn: pulumi.Output<string>;
  /** CloudFront's name for the distribution, which the DNS record of a domain points to. */
  public readonly distributionDomainName: pulumi.Output<string>;
  /** The page's URL, without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  /** The name of the files' bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** The name of the log group of requests, in us-east-1. */
  public readonly logGroupName: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is served, and where.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: WebFrontendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:WebFrontend", name, {}, opts);
    const parent = { parent: this };
    const settings = webFrontendSettings(name, args);
    const tagged = { component: "WebFrontend", name, teamTags: args.teamTags };
    const plainTags = resourceTags(tagged);
    const loweredBy = (floors: string[]) =>
      resourceTags({ ...tagged, lowered: settings.lowered.filter(({ floor }) => floors.includes(floor)) });

    const guarded = createBucket(name, settings, loweredBy(["deletion-protection"]), parent);
    const { bucket } = guarded;
    createFiles(name, bucket, settings, args.files ?? {}, parent);
    const distributionTags = loweredBy(["certificate", "firewall"]);
    const distribution = createDistribution(name, settings, bucket, args.webAclArn, distributionTags, parent);
    allowDistribution(guarded, distribution.arn);
    const logGroup = createLogs(name, settings, distribution, plainTags, parent);

    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.distributionDomainName = distribution.domainName;
    this.url = pulumi.interpolate`https://${settings.domain?.name ?? distribution.domainName}`;
    this.bucketName = bucket.bucket;
    this.logGroupName = logGroup.name;
    this.registerOutputs({
      distributionId: this.distributionId,
      distributionArn: this.distributionArn,
      distributionDomainName: this.distributionDomainName,
      url: this.url,
      bucketName: this.bucketName,
      logGroupName: this.logGroupName,
    });
  }
}
