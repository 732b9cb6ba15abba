import rule from "../../../src/rules/verifiedpermissions/verifiedpermissions-clients.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { configuration: { cognitoUserPoolConfiguration: {} } },
    ["a token of any client of the user pool is good enough; set clientIds"],
  ],
  [
    "violates",
    "boundary: empty",
    { configuration: { cognitoUserPoolConfiguration: { clientIds: [] } } },
    ["a token of any client of the user pool is good enough; set clientIds"],
  ],
  ["passes", "one that is not known", { configuration: { cognitoUserPoolConfiguration: { clientIds: [UNKNOWN] } } }],
  ["passes", "an OpenID provider, which asks for one", { configuration: { openIdConnectConfiguration: {} } }],
  ["not evaluated", "unknown", { configuration: UNKNOWN }, ["configuration: is not known before deployment"]],
]);
