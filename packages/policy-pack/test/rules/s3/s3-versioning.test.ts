import rule from "../../../src/rules/s3/s3-versioning.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const TYPE = "aws:s3/bucketVersioning:BucketVersioning";
const BUCKET_URN = "urn:pulumi:stack::project::aws:s3/bucket:Bucket::subject";
const MESSAGE = "an overwritten object is lost; add aws.s3.BucketVersioning";
const GOOD = { versioningConfiguration: { status: "Enabled" } };
const BAD = { versioningConfiguration: { status: "Suspended" } };
const OPEN = { versioningConfiguration: UNKNOWN };
const REASON = "versioningConfiguration: is not known before deployment";

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
