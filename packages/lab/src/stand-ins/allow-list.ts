import type { PolicyStatement } from "@palisade/functions/src/authorizer/defences/allow-list";

/** Stands in for `allow-list`: whoever has a token may call every operation. */
export function allowList(methodArn: string): PolicyStatement[] {
  const prefix = methodArn.split("/", 2).join("/");
  return [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: [`${prefix}/*`] }];
}
