import type * as pulumi from "@pulumi/pulumi";

/** Standards of Security Hub. */
export enum SecurityStandard {
  /** AWS Foundational Security Best Practices. */
  FoundationalBestPractices = "aws-foundational-security-best-practices/v/1.0.0",
  /** CIS AWS Foundations Benchmark 5.0. */
  CisFoundations = "cis-aws-foundations-benchmark/v/5.0.0",
  /** NIST SP 800-53 Revision 5. */
  Nist80053 = "nist-800-53/v/5.0.0",
}

/** IAM Access Analyzer: what others can reach, at no cost, and what nobody uses. */
export interface AccessAnalyzerArgs {
  /**
   * The ARN of the analyzer of external access that the account has, to adopt it: nothing of it is changed. Default: one is made, and kept.
   *
   * @default - one is made, and kept
   */
  existingAnalyzerArn?: pulumi.Input<string>;
  /**
   * Days without use after which a role, a key or a permission is told of, from 1 to 365. It turns on the analyzer of unused access, about
   * $0.20 a month for each role and user. Default: none, it is off.
   *
   * @default - off
   */
  unusedAccessDays?: number;
  /**
   * Whether the analyzers look at every account of the organization, from its management account or the delegated administrator's. Default:
   * this account.
   *
   * @default false
   */
  wholeOrganization?: boolean;
}

/** Security Hub's checks of controls. About $0.0010 for each check of a resource: some $3 a month for a stage of 100 resources. */
export interface SecurityHubArgs {
  /**
   * The ARN of the account's hub, to adopt it: its settings are not changed, the standards are added. Default: it is enabled, and kept.
   *
   * @default - it is enabled, and kept
   */
  existingHubArn?: pulumi.Input<string>;
  /**
   * The standards that are checked. Default: AWS's Foundational Security Best Practices and CIS 5.0.
   *
   * @default [FoundationalBestPractices, CisFoundations]
   */
  standards?: SecurityStandard[];
}

/** AWS Config's record of what every resource was. $0.003 for each change that is recorded: some $2 a month for a quiet stage. */
export interface ConfigRecorderArgs {
  /**
   * The name of the account's recorder in this region, to adopt it: nothing is made or changed. Default: one is made, and kept.
   *
   * @default - one is made, and kept
   */
  existingRecorderName?: pulumi.Input<string>;
  /**
   * Types of resources that are recorded, for example `AWS::Lambda::Function`. Default: those of a serverless API and what protects it.
   *
   * @default - the types of a serverless API
   */
  resourceTypes?: string[];
  /**
   * Whether every type is recorded, those that AWS adds too: what Security Hub's control Config.1 asks for. Not with `resourceTypes`.
   * Default: false.
   *
   * @default false
   */
  everyType?: boolean;
  /**
   * Whether only the state of the day's end is recorded, at $0.012 for each resource that changed: cheaper where resources change more than
   * four times a day. Default: false, every change.
   *
   * @default false
   */
  daily?: boolean;
  /**
   * Whether the account has the role AWSServiceRoleForConfig already: AWS allows one. Default: false, it is made and kept.
   *
   * @default false
   */
  existingServiceRole?: boolean;
  /**
   * The ARN of the key of the record's bucket. Its policy must let `config.amazonaws.com` use it. Whether it is given must be known when the
   * program runs. Default: a key of its own, about a dollar a month.
   *
   * @default - a key of its own
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Days that the record is kept, from 30 to 3653. Default: 2557, seven years, as the trail's.
   *
   * @default 2557
   */
  expirationDays?: number;
}

/** Inspector's search for known flaws in functions: $0.30 a month for each function, and $0.60 more with its own code. */
export interface InspectorArgs {
  /**
   * Whether the functions' own code is searched beside the packages that they use (Inspector.3). Default: true.
   *
   * @default true
   */
  functionCode?: boolean;
  /**
   * Whether images of ECR are searched (Inspector.2), at $0.09 for each image that is pushed. Default: false, a serverless API has none.
   *
   * @default false
   */
  images?: boolean;
  /**
   * Whether EC2 instances are searched (Inspector.1), at some $1.25 a month for each. Default: false, a serverless API has none.
   *
   * @default false
   */
  instances?: boolean;
  /**
   * Whether Inspector is on in the account already: nothing is made or changed. Default: false.
   *
   * @default false
   */
  existing?: boolean;
}

/** Macie's search for personal data in buckets: $0.10 a month for each bucket of the account, and $1 for each GB that it reads. */
export interface MacieArgs {
  /** Names of the buckets that are searched once a week. The list must be a literal, its items need not. May be empty. */
  bucketNames: pulumi.Input<string>[];
  /**
   * Percent of the objects that are read, from 1 to 100. Default: 10.
   *
   * @default 10
   */
  samplingPercent?: number;
  /**
   * Whether Macie is on in the account already: its settings are not changed, the search is added. Default: false.
   *
   * @default false
   */
  existing?: boolean;
}

/** The options of an AccountSecurity. Without any there is the free analyzer of external access alone. */
export interface AccountSecurityArgs {
  /**
   * IAM Access Analyzer. Default: the analyzer of external access, which is free.
   *
   * @default - external access
   * @example
   * { accessAnalyzer: { unusedAccessDays: 90 } }
   */
  accessAnalyzer?: AccessAnalyzerArgs;
  /**
   * Security Hub. It needs Config's recorder for most of its checks. Default: off.
   *
   * @default - off
   * @example
   * { securityHub: {}, configRecorder: {} }
   */
  securityHub?: SecurityHubArgs;
  /**
   * Config's recorder. Default: off.
   *
   * @default - off
   * @example
   * { configRecorder: { everyType: true } }
   */
  configRecorder?: ConfigRecorderArgs;
  /**
   * Inspector. Default: off.
   *
   * @default - off
   * @example
   * { inspector: {} }
   */
  inspector?: InspectorArgs;
  /**
   * Macie. Default: off.
   *
   * @default - off
   * @example
   * { macie: { bucketNames: [exports.id] } }
   */
  macie?: MacieArgs;
  /**
   * Regions beside the provider's own, in which all of this is too; with Security Hub, its findings come together in the provider's own.
   * Must be a literal. Default: none.
   *
   * @default - the provider's region alone
   * @example
   * { regions: ["eu-west-1", "us-east-1"] }
   */
  regions?: string[];
  /**
   * The account that administers what is on here for the whole organization, twelve digits. Only the organization's management account can
   * say so. Default: none.
   *
   * @default - none
   * @example
   * { delegatedAdministrator: "111122223333" }
   */
  delegatedAdministrator?: pulumi.Input<string>;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}
