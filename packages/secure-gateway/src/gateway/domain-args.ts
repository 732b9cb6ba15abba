import type * as pulumi from "@pulumi/pulumi";

/**
 * AWS's TLS policies of 2025 that have forward secrecy with every suite, by the oldest version of TLS that they accept.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export enum TlsPolicy {
  /** TLS 1.3 only. */
  Tls13 = "SecurityPolicy_TLS13_1_3_2025_09",
  /** TLS 1.3 only, with modules validated for FIPS 140. */
  Tls13Fips = "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  /** TLS 1.3 and 1.2, forward secrecy, and hybrid post-quantum key exchange. */
  Tls12PfsPq = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  /** As `Tls12PfsPq`, with modules validated for FIPS 140. */
  Tls12FipsPfsPq = "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
}

/** Certificates that clients must show (mutual TLS). */
export interface MutualTlsArgs {
  /** Where the authorities are that may have signed a client's certificate: a PEM file in S3, as `s3://bucket/key`. */
  truststoreUri: pulumi.Input<string>;
  /**
   * The version of that object. AWS notices a new file by a new version only, so a bucket with versions is the one to use. The default
   * is the object as it is when the domain is made.
   */
  truststoreVersion?: pulumi.Input<string>;
}

/** A domain of your own in front of the API: a regional custom domain, mapped to the stage. */
export interface CustomDomainArgs {
  /** The name, for example `api.example.com`, in lower case and without a wildcard. Changing it replaces the domain. */
  domainName: pulumi.Input<string>;
  /** The ARN of a certificate for the name, in ACM, in the API's region. */
  certificateArn: pulumi.Input<string>;
  /**
   * The path under the domain that the API is at, a literal without slashes at its ends, for example `v1`. The default is the
   * domain's root.
   */
  basePath?: string;
  /**
   * Asks every client for a certificate. Its presence must be a literal. AWS has none of its newer TLS policies for a domain with it: the
   * domain and the API then have `TLS_1_2`, which the tag `palisade:lowered:tls-policy` of the API says. The default is none.
   *
   * @example `{ mutualTls: { truststoreUri: "s3://partners/truststore.pem", truststoreVersion: "1" } }`
   */
  mutualTls?: MutualTlsArgs;
  /**
   * The ARN of a public certificate of ACM's that proves that the domain is yours. AWS asks for it where `mutualTls` is given and
   * `certificateArn` was imported or issued by a private authority. The default is none.
   */
  ownershipCertificateArn?: pulumi.Input<string>;
  /**
   * The id of the Route 53 zone in which the domain's name is made to point to the API. Its presence must be a literal. The default is no
   * record: the outputs `domainTargetName` and `domainTargetZoneId` say what it must point to.
   */
  hostedZoneId?: pulumi.Input<string>;
}
