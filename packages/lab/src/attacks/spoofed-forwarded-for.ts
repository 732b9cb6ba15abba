import { attackFrom } from "./shared/denied-place.ts";

export const spoofedForwardedFor = attackFrom({
  id: "spoofed-forwarded-for",
  title: "Hide a denied address behind a made-up X-Forwarded-For",
  defences: ["edge:ip-deny"],
  from: "127.0.9.2",
  client: "at a denied address that names another one",
  headers: { "x-forwarded-for": "192.0.2.10" },
});
