import rule from "../../../src/rules/apigateway/apigateway-v2-route-authorization.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", { routeKey: "GET /a" }, ["anyone may call GET /a; set authorizationType"]],
  ["violates", "NONE", { authorizationType: "NONE" }, ["anyone may call the route; set authorizationType"]],
  ["violates", "a WebSocket's $connect", { routeKey: "$connect" }, ["anyone may call $connect; set authorizationType"]],
  ["passes", "JWT", { routeKey: "$default", authorizationType: "JWT" }],
  ["not applicable", "$disconnect", { routeKey: "$disconnect" }, ["WebSocket APIs authorize when a client connects"]],
  ["not evaluated", "unknown", { authorizationType: UNKNOWN }, ["authorizationType: is not known before deployment"]],
]);
