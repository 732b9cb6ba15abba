import { attackFrom } from "./shared/denied-place.ts";

export const blockedCountry = attackFrom({
  id: "blocked-country",
  title: "Use a stolen token from a country without partners",
  defences: ["edge:geo"],
  from: "127.0.4.1",
  client: "in a country that is denied",
});
