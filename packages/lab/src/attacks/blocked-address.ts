import { attackFrom } from "./shared/denied-place.ts";

export const blockedAddress = attackFrom({
  id: "blocked-address",
  title: "Use a stolen token from an address that is known to attack",
  defences: ["edge:ip-deny"],
  from: "127.0.9.1",
  client: "at an address that is denied",
});
