import { type ApiEvent, header } from "../api.ts";
import { Refusal } from "../refusal.ts";

/**
 * Checks that a request comes from a page of ours. A browser adds the session cookie to every request for our host, whoever causes it, and
 * says in `Sec-Fetch-Site`, which no script can set, who that was
 * (https://www.w3.org/TR/fetch-metadata/; OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata Headers").
 *
 * Another host below the same domain is `same-site`, which SameSite cookies do not keep out, and refused too. Without the header the request
 * is refused: every browser since March 2023 sends it over https, and other clients have a route with a bearer token.
 *
 * @throws Refusal 403 when another page, or something that is no browser, made the request
 */
export function checkSameOrigin(event: ApiEvent): void {
  if (header(event, "sec-fetch-site") === "same-origin") return;
  throw new Refusal({
    defence: "same-origin",
    status: 403,
    detail: "The request does not come from the page itself; a program calls the API with a bearer token instead.",
  });
}
