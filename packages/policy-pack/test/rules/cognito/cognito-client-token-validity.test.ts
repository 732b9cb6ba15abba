import rule from "../../../src/rules/cognito/cognito-client-token-validity.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a day",
    { accessTokenValidity: 24, idTokenValidity: 1 },
    ["accessTokenValidity is 1440 minutes; set at most 60"],
  ],
  [
    "violates",
    "just over",
    { idTokenValidity: 3601, tokenValidityUnits: { idToken: "seconds" } },
    [`idTokenValidity is ${3601 / 60} minutes; set at most 60`],
  ],
  [
    "passes",
    "the boundary",
    { accessTokenValidity: 60, idTokenValidity: 1, tokenValidityUnits: { accessToken: "minutes" } },
  ],
  ["passes", "Cognito's default", {}],
  [
    "not evaluated",
    "unknown",
    { accessTokenValidity: UNKNOWN },
    ["accessTokenValidity: is not known before deployment"],
  ],
  [
    "not evaluated",
    "another unit",
    { idTokenValidity: 1, tokenValidityUnits: { idToken: "weeks" } },
    ["tokenValidityUnits.idToken: the unit weeks is not known"],
  ],
]);
