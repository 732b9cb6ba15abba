import rule from "../../../src/rules/s3/s3-public-access-block.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const TYPE = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const BUCKET_URN = "urn:pulumi:stack::project::aws:s3/bucket:Bucket::subject";
const MESSAGE = "public access is not blocked; add aws.s3.BucketPublicAccessBlock";
const GOOD = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const BAD = { ...GOOD, restrictPublicBuckets: false };
const OPEN = { ...GOOD, blockPublicAcls: UNKNOWN };
const REASON = "blockPublicAcls: is not known before deployment";

ruleCases(rule, [
  ["violates", "nothing", { bucket: "b" }, [MESSAGE]],
  ["violates", "another bucket's", {}, [MESSAGE], { others: [resource(TYPE, "x", { bucket: "other", ...GOOD })] }],
  ["violates", "not enough", {}, [MESSAGE], { others: [resource(TYPE, "x", { bucket: "subject", ...BAD })] }],
  ["passes", "by id", {}, [], { others: [resource(TYPE, "x", { bucket: "subject", ...GOOD })] }],
  [
    "passes",
    "by dependency",
    {},
    [],
    { others: [resource(TYPE, "x", { bucket: UNKNOWN, ...GOOD }, { dependencies: { bucket: [BUCKET_URN] } })] },
  ],
  ["not evaluated", "unknown", {}, [REASON], { others: [resource(TYPE, "x", { bucket: "subject", ...OPEN })] }],
]);
