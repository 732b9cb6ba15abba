import type { Attack } from "../attack.ts";
import { asDeveloper, ownDeployment, replaceAndAsk } from "./shared/developer.ts";
import { search } from "./shared/requests.ts";

export const unsignedCode: Attack = {
  id: "unsigned-code",
  title: "Replace a function's code with a developer's stolen credentials",
  owasp: ["SAS-6", "SAS-3", "CWE-494"],
  paper: "III.2.A",
  defences: ["function:code-signing"],
  operation: "searchProducts",
  target: "catalog",
  run: async (context) =>
    await asDeveloper(context, "catalog", "attack", (developer) =>
      replaceAndAsk(context, developer, "catalog", search(context, "Mug")),
    ),
  twin: (context) => ownDeployment(context, "catalog", "catalog", search(context, "Mug")),
};
