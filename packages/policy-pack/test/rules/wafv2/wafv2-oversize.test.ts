import rule from "../../../src/rules/wafv2/wafv2-oversize.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "deep in a statement, absent and CONTINUE",
    {
      rules: [
        {
          name: "xss",
          statement: {
            orStatement: {
              statements: [
                { xssMatchStatement: { fieldToMatch: { body: {} } } },
                { sqliMatchStatement: { fieldToMatch: { headers: [{ oversizeHandling: "CONTINUE" }], uriPath: {} } } },
              ],
            },
          },
        },
      ],
    },
    [
      "the rule xss lets what is too long of body pass; set oversizeHandling",
      "the rule xss lets what is too long of headers pass; set oversizeHandling",
    ],
  ],
  [
    "passes",
    "MATCH",
    {
      rules: [
        {
          name: "a",
          statement: {
            xssMatchStatement: {
              fieldToMatch: { jsonBody: { oversizeHandling: "MATCH" } },
              textTransformations: ["x", null],
            },
          },
        },
      ],
    },
  ],
  [
    "passes",
    "other parts",
    { rules: [{ name: "a", statement: { xssMatchStatement: { fieldToMatch: { uriPath: {} } } } }, { name: "group" }] },
  ],
  [
    "passes",
    "headers, a list of one",
    { rules: [{ statement: { xssMatchStatement: { fieldToMatch: { headers: [{ oversizeHandling: "MATCH" }] } } } }] },
  ],
  [
    "not evaluated",
    "unknown",
    { rules: [{ name: "a", statement: { xssMatchStatement: { fieldToMatch: UNKNOWN } } }] },
    ["rules[0].statement.xssMatchStatement.fieldToMatch: is not known before deployment"],
  ],
  [
    "violates",
    "the boundary: NO_MATCH",
    {
      rules: [
        {
          name: "a",
          statement: {
            xssMatchStatement: {
              fieldToMatch: { jsonBody: { oversizeHandling: "NO_MATCH" } },
              textTransformations: ["x", null],
            },
          },
        },
      ],
    },
    ["the rule a lets what is too long of jsonBody pass; set oversizeHandling"],
  ],
]);
