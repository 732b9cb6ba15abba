import rule from "../../../src/rules/s3/s3-tls-only.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const TYPE = "aws:s3/bucketPolicy:BucketPolicy";
const BUCKET_URN = "urn:pulumi:stack::project::aws:s3/bucket:Bucket::subject";
const MESSAGE = "requests without TLS are answered; deny them in its policy";
const GOOD = {
  policy: JSON.stringify({
    Statement: [
      { Effect: "Deny", Principal: "*", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ],
  }),
};
const BAD = {
  policy: {
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:GetObject",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  },
};
const OPEN = { policy: UNKNOWN };
const REASON = "policy: is not known before deployment";

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
