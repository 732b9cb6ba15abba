import { api, json } from "./http.ts";
import { callerOf } from "./identity.ts";

export const handler = api({
  "GET /partners/me": async (event) => json(200, callerOf(event)),
  "GET /page/partner": async (event) => json(200, callerOf(event)),
});
