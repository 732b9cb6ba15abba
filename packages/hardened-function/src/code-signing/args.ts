import type * as pulumi from "@pulumi/pulumi";

/** What a `CodeSigning` takes. */
export interface CodeSigningArgs {
  /**
   * Months that a signature is valid, 1 to 135. Code whose signature has expired still runs, but cannot be deployed again. Must be a
   * literal. Default: 135, Signer's own.
   *
   * @default 135
   */
  signatureMonths?: number;
  /** ARN of a KMS key for the bucket. Whether it is given must be known when the program runs. Default: keys that S3 owns. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days that replaced versions of the code are kept. Must be a literal. Default: 90. @default 90 */
  keepReplacedDays?: number;
  /**
   * A written reason to let the bucket be deleted with the code in it. It becomes the tag `palisade:lowered:deletion-protection`.
   * Must be a literal. Default: none, a bucket with code in it cannot be deleted.
   */
  allowDeletion?: string;
  /** Tags of every resource, beside Palisade's own. Default: none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}

/** Where functions get their code signed, and who must have signed it. A `CodeSigning` satisfies it. */
export interface CodeSigningRef {
  /** ARN of Lambda's code signing configuration. */
  codeSigningConfigArn: pulumi.Input<string>;
  /** Name of Signer's profile, whose key signs. */
  signingProfileName: pulumi.Input<string>;
  /** Name of the versioned bucket that Signer reads the code from and writes it to. */
  codeBucketName: pulumi.Input<string>;
}
