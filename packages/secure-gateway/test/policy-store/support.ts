import { smallDocument } from "../fixtures.ts";

/** The small document, with resources. */
export const API_DOCUMENT = (() => {
  const document = smallDocument() as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
    [key: string]: unknown;
  };
  document["x-palisade-resources"] = {
    Owner: { keepers: "Role", age: "Long" },
    Pet: { owner: "Owner", tame: "Boolean", kind: "String" },
  };
  (document.paths["/pets/{petId}"]?.put as Record<string, unknown>)["x-palisade-resource"] = "Pet";
  return document;
})();

/** Two policies that fit it. */
export const POLICIES = {
  "keepers-call.cedar": `// Keepers may call.
permit (
  principal in Palisade::Role::"{userPool}|keeper",
  action == Palisade::Action::"replacePet",
  resource is Palisade::Api
);
`,
  "keepers-keep-their-own.cedar": `permit (
  principal in Palisade::Role::"{userPool}|keeper",
  action == Palisade::Action::"replacePet",
  resource is Palisade::Pet
)
when { principal in resource.owner.keepers && resource.tame };
`,
};

export const USER_POOL = {
  userPoolId: "cn-north-1_Example",
  userPoolArn: "arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/cn-north-1_Example",
  clientIds: ["partners", "page"],
};
