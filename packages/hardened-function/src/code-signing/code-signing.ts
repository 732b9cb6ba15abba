import { childName, resourceTags, stackPrefix, wholeNumber } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CodeSigningArgs } from "./args.ts";
import { codeBucket } from "./bucket.ts";

const COMPONENT = "CodeSigning";

/** What a CodeSigning is when the caller says nothing. */
export const CODE_SIGNING_DEFAULTS = {
  // Signer's own, the most that it allows: an old version can be deployed again in an emergency.
  signatureMonths: 135,
  // As long as an incident is looked into.
  keepReplacedDays: 90,
} as const;

/** https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html */
const PLATFORM = "AWSLambda-SHA384-ECDSA";

/**
 * A signing profile, the code signing configuration that Lambda enforces with it, and the bucket in which code is signed. Functions
 * that are given it run only code that the profile signed: whoever may change a function's code, and may not sign, changes nothing.
 */
export class CodeSigning extends pulumi.ComponentResource {
  /** ARN of Lambda's code signing configuration: untrusted code is refused on deployment. */
  public readonly codeSigningConfigArn: pulumi.Output<string>;
  /** Name of the signing profile. Whoever may call `signer:StartSigningJob` with it decides what runs. */
  public readonly signingProfileName: pulumi.Output<string>;
  /** ARN of the profile's version, the only publisher that is trusted. */
  public readonly signingProfileVersionArn: pulumi.Output<string>;
  /** Name of the bucket. */
  public readonly codeBucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  public readonly codeBucketArn: pulumi.Output<string>;

  /**
   * @throws PalisadeError when an argument is not allowed, before any resource is created.
   */
  constructor(name: string, args: CodeSigningArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:CodeSigning", name, {}, opts);
    const settings = { ...CODE_SIGNING_DEFAULTS, ...args };
    const place = { component: COMPONENT, name };
    wholeNumber({ ...place, property: "signatureMonths" }, settings.signatureMonths, [1, 135]);
    wholeNumber({ ...place, property: "keepReplacedDays" }, settings.keepReplacedDays, [1, 3650]);
    const tags = resourceTags({ ...place, teamTags: args.teamTags });
    const child = { parent: this };

    const profile = new aws.signer.SigningProfile(
      childName(name, "profile"),
      {
        platformId: PLATFORM,
        // A profile's name is taken for good, even after the profile is gone: each has one of its own.
        namePrefix: `${stackPrefix()}_${name}`.replace(/\W/g, "_").slice(0, 36).concat("_"),
        signatureValidityPeriod: { type: "MONTHS", value: settings.signatureMonths },
        tags,
      },
      child,
    );
    const config = new aws.lambda.CodeSigningConfig(
      childName(name, "config"),
      {
        description: "Code that this profile did not sign is refused",
        allowedPublishers: { signingProfileVersionArns: [profile.versionArn] },
        // `Warn` would deploy it and log. https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
        policies: { untrustedArtifactOnDeployment: "Enforce" },
        tags,
      },
      child,
    );
    const { bucket, ready } = codeBucket(name, args, settings.keepReplacedDays, child);

    this.codeSigningConfigArn = config.arn;
    this.signingProfileName = profile.name;
    this.signingProfileVersionArn = profile.versionArn;
    this.codeBucketName = ready;
    this.codeBucketArn = bucket.arn;
    this.registerOutputs({
      codeSigningConfigArn: this.codeSigningConfigArn,
      signingProfileName: this.signingProfileName,
      signingProfileVersionArn: this.signingProfileVersionArn,
      codeBucketName: this.codeBucketName,
      codeBucketArn: this.codeBucketArn,
    });
  }
}
