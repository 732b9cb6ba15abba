import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin, skus } from "./shared/requests.ts";

export const defaultEndpoint: Attack = {
  id: "default-endpoint",
  title: "Go around the custom domain: call the API at its own execute-api address",
  owasp: ["SAS-3", "API8:2023", "API9:2023"],
  paper: "III.1.B",
  defences: ["gateway:default-endpoint"],
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    const { host, path } = context.apiAddress;
    const request = search(context, "Mug");
    const answer = await context.send({
      ...request,
      path: `${path}${request.path}`,
      headers: { ...request.headers, host },
    });
    const effect = skus(answer).includes("MUG-1");
    const evidence = `${host} answers in the place of the domain, whose TLS policy and client certificates do not hold there`;
    return { effect, evidence: effect ? evidence : `${summary(answer)} at ${host}` };
  },
  twin: searchTwin,
};
