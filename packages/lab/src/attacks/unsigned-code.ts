import type { Attack } from "../attack.ts";
import { ownDeployment, replaceAndAsk } from "./shared/developer.ts";
import { search } from "./shared/requests.ts";

export const unsignedCode: Attack = {
  id: "unsigned-code",
  title: "Replace a function's code with a developer's stolen credentials",
  owasp: ["SAS-6", "SAS-3", "CWE-494"],
  paper: "III.2.A",
  defences: ["function:code-signing"],
  operation: "searchProducts",
  target: "catalog",
  run: (context) => replaceAndAsk(context, "catalog", search(context, "Mug")),
  twin: ownDeployment,
};
