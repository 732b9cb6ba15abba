import type * as pulumi from "@pulumi/pulumi";

/** Where CloudFront answers from: fewer places cost less. */
export enum PriceClass {
  /** North America, Europe and Israel. */
  NorthAmericaAndEurope = "PriceClass_100",
  /** Also Asia, the Middle East and Africa. */
  MostPlaces = "PriceClass_200",
  /** Everywhere. */
  Everywhere = "PriceClass_All",
}

/** The host name of the page. */
export interface DomainArgs {
  /** The host's name, such as `shop.example.com`, whose DNS record the caller keeps. Must be a literal. */
  name: string;
  /** The ARN of the certificate for it in AWS Certificate Manager, in us-east-1, where CloudFront looks for it. */
  certificateArn: pulumi.Input<string>;
}

/** A header by which the API knows that a request came through the distribution. */
export interface OriginHeaderArgs {
  /** The header's name. */
  name: pulumi.Input<string>;
  /** Its value, which is a secret. */
  value: pulumi.Input<string>;
}

/** The API on the page's host, so that the page's cookies are the API's. */
export interface ApiOriginArgs {
  /** The API's URL with its stage, such as `https://<id>.execute-api.<region>.amazonaws.com/prod`. */
  url: pulumi.Input<string>;
  /**
   * The paths that go to the API, `*` and `?` standing for any characters and any one, such as `/session/*`. Every other goes to the page.
   * Must be a literal list of 1 to 24: CloudFront takes 25 behaviors.
   */
  paths: string[];
  /** A header that is added to each request for the API. The default is none. */
  originHeader?: OriginHeaderArgs;
}

/** What a page may load, beside what is its own. Each is a source of the Content-Security-Policy, such as `https://images.example.com`. */
export interface ContentSourcesArgs {
  /** Where scripts may connect to. Must be a literal list. The default is none but the page's own host. */
  connect?: string[];
  /** Where images may come from. Must be a literal list. The default is none but the page's own host. */
  images?: string[];
  /** Where fonts may come from. Must be a literal list. The default is none. */
  fonts?: string[];
}

/** The arguments of `WebFrontend`. */
export interface WebFrontendArgs {
  /** A folder whose files are the page, with those in its folders. Must be a literal. */
  folder: string;

  /**
   * Further files, for what is known only once the stack is: the text by its path, such as `config.json`. The paths must be literal. The default
   * is none.
   */
  files?: Record<string, pulumi.Input<string>>;

  /** The file that answers `/`. Must be a literal. The default is `index.html`.
   *
   * @default "index.html"
   */
  rootFile?: string;

  /** The host name. Its presence must be a literal. Without one CloudFront's own name and certificate answer, which needs `allowDefaultCertificate`. */
  domain?: DomainArgs;

  /**
   * A written reason to do without a host name of one's own: CloudFront's certificate takes TLS 1.0 too (Security Hub's CloudFront.7 and .15). It
   * becomes the tag `palisade:lowered:certificate`. Must be a literal. The default is none.
   */
  allowDefaultCertificate?: string;

  /** The ARN of a web ACL of the scope CLOUDFRONT, such as that of an `EdgeFirewall`. Without one `allowNoFirewall` is needed. */
  webAclArn?: pulumi.Input<string>;

  /**
   * A written reason to have no web ACL (Security Hub's CloudFront.6). It becomes the tag `palisade:lowered:firewall`. Must be a literal. The
   * default is none.
   */
  allowNoFirewall?: string;

  /** The API on the same host. Its presence must be a literal. The default is none: a page alone. */
  api?: ApiOriginArgs;

  /** What the page may load from elsewhere. The default is nothing. */
  contentSources?: ContentSourcesArgs;

  /**
   * Days for which a browser that was here once takes the host by HTTPS only, with all hosts below it: a whole number from 365 to 3650. The
   * default is 730.
   *
   * @default 730
   */
  strictTransportDays?: number;

  /** Where CloudFront answers from. The default is North America and Europe.
   *
   * @default PriceClass.NorthAmericaAndEurope
   */
  priceClass?: PriceClass;

  /**
   * Days that the log of requests is kept, one of CloudWatch's periods. The default is 365.
   *
   * @default 365
   */
  logRetentionDays?: number;

  /**
   * A written reason to let the bucket be deleted with the files in it. The reason becomes the tag `palisade:lowered:deletion-protection`. Must be
   * a literal. The default is none, a bucket with files stays.
   */
  allowDeletion?: string;

  /** Tags of the team's own. The default is none besides ours. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
