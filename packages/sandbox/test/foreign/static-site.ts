import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A static site as beginners' examples make it: a public bucket of S3's website hosting, and CloudFront in front of it. */
export function staticSite() {
  const bucket = new aws.s3.Bucket("site");
  const website = new aws.s3.BucketWebsiteConfiguration("site", {
    bucket: bucket.bucket,
    indexDocument: { suffix: "index.html" },
  });
  const block = new aws.s3.BucketPublicAccessBlock("site", { bucket: bucket.bucket, blockPublicAcls: false });
  new aws.s3.BucketPolicy(
    "site",
    {
      bucket: bucket.bucket,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: ["s3:GetObject"],
            Resource: [pulumi.interpolate`${bucket.arn}/*`],
          },
        ],
      }),
    },
    { dependsOn: block },
  );
  new aws.s3.BucketObjectv2("index.html", {
    bucket: bucket.bucket,
    content: "<h1>Hello</h1>",
    contentType: "text/html",
  });
  const cdn = new aws.cloudfront.Distribution("cdn", {
    enabled: true,
    origins: [
      {
        originId: "site",
        domainName: website.websiteEndpoint,
        customOriginConfig: {
          originProtocolPolicy: "http-only",
          httpPort: 80,
          httpsPort: 443,
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "site",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      forwardedValues: { queryString: false, cookies: { forward: "none" } },
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  });
  return { url: cdn.domainName };
}
