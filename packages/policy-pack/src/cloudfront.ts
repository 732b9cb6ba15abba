import type { Reader } from "./reader.ts";

/** A behavior of a distribution, with the paths it is for: `*` for the default one. */
export interface Behavior {
  path: string;
  behavior: Reader;
}

export function behaviorsOf(props: Reader): Behavior[] {
  const ordered = props.at("orderedCacheBehaviors").list();
  return [
    { path: "*", behavior: props.at("defaultCacheBehavior") },
    ...ordered.map((behavior) => ({ path: behavior.at("pathPattern").text() ?? "?", behavior })),
  ];
}

/** Whether an origin is a bucket: its domain name is one of S3's, and not of S3's website hosting, which speaks HTTP alone. */
export function isBucketOrigin(origin: Reader): boolean {
  if (origin.at("customOriginConfig").present || origin.at("vpcOriginConfig").present) return false;
  return /\.s3[.-]/.test(origin.at("domainName").text() ?? "");
}
