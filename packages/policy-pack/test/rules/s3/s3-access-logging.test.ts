import rule from "../../../src/rules/s3/s3-access-logging.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["requests to it leave no trace; add aws.s3.BucketLogging"]],
  [
    "violates",
    "boundary",
    {},
    ["requests to it leave no trace; add aws.s3.BucketLogging"],
    { others: [resource("aws:s3/bucketLogging:BucketLogging", "c", { bucket: "subject", targetBucket: "" })] },
  ],
  [
    "passes",
    "with it",
    {},
    [],
    { others: [resource("aws:s3/bucketLogging:BucketLogging", "c", { bucket: "subject", targetBucket: "logs" })] },
  ],
  [
    "passes",
    "to one whose name is not known",
    {},
    [],
    { others: [resource("aws:s3/bucketLogging:BucketLogging", "c", { bucket: "subject", targetBucket: UNKNOWN })] },
  ],
  [
    "not applicable",
    "the target of another",
    {},
    ["it takes the access logs of others"],
    { others: [resource("aws:s3/bucketLogging:BucketLogging", "c", { bucket: "other", targetBucket: "subject" })] },
  ],
]);
