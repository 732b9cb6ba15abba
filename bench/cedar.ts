import cedar from "@cedar-policy/cedar-wasm/nodejs";
import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import { type PolicyQuestion, preparePolicies } from "@palisade/sandbox";
import { cedarSchema, readPolicies } from "@palisade/secure-gateway";
import { paired, type Rate } from "./paired.ts";

/** Policies of the store that is timed: those of the example API, and as many again for other companies as make this number. */
export const POLICY_COUNT = 22;
// In turn with each call that parses. That call leaves the processor's caches full of its own: the first decision after it takes 240 µs, the
// fifteenth and all later ones 135. With as many decisions as such calls it would be timed more than the decision is.
const DECISIONS = 100;
const USER_POOL_ID = "us-east-1_Bench1234";

/**
 * One decision of the sandbox about an order, with the request and its entities held against the schema, as a store in STRICT mode does: by
 * policies that were parsed before, beside the same call that parses them each time.
 */
export async function cedarRates(): Promise<Rate[]> {
  const schema = cedarSchema(loadOpenApi());
  const policies: Record<string, string> = {};
  for (const [file, text] of Object.entries(readPolicies(POLICY_FOLDER))) {
    policies[file] = text.replaceAll("{userPool}", USER_POOL_ID);
  }
  for (let index = Object.keys(policies).length; index < POLICY_COUNT; index += 1) {
    policies[`company-${index}`] = `permit (
      principal in Palisade::Role::"${USER_POOL_ID}|company:${index}",
      action in [Palisade::Action::"getOrder", Palisade::Action::"getReceipt"],
      resource is Palisade::Order
    ) when { principal in resource.company.members && resource.status == "shipped" };`;
  }
  const role = (name: string) => ({ type: "Palisade::Role", id: `${USER_POOL_ID}|${name}` });
  const principal = { type: "Palisade::User", id: `${USER_POOL_ID}|6f1d2c3b-0000-4000-8000-000000000001` };
  const resource = { type: "Palisade::Order", id: "0f8fad5b-d9cb-469f-a165-70867728950e" };
  const company = { type: "Palisade::Company", id: "acme" };
  const question: PolicyQuestion = {
    principal,
    action: { type: "Palisade::Action", id: "getOrder" },
    resource,
    context: {},
    entities: [
      { uid: principal, attrs: {}, parents: [role("partner"), role("company:acme")] },
      { uid: resource, attrs: { company: { __entity: company }, status: "placed" }, parents: [] },
      { uid: company, attrs: { members: { __entity: role("company:acme") } }, parents: [] },
    ],
  };
  const decide = preparePolicies(policies, schema);
  if (!decide(question).allowed) throw new Error("bench: the policies did not permit the order");
  const call = { ...question, policies: { staticPolicies: policies }, schema, validateRequest: true };
  const [before, each] = await paired(
    [
      {
        name: `${POLICY_COUNT} policies, parsed before`,
        run: () => {
          for (let decision = 0; decision < DECISIONS; decision += 1) decide(question);
        },
      },
      { name: `${POLICY_COUNT} policies, parsed each time`, run: () => cedar.isAuthorized(call) },
    ],
    40,
    5,
  );
  if (!before || !each) throw new Error("bench: a contender is missing");
  return [
    { ...before, perSecond: before.perSecond * DECISIONS },
    { ...each, relative: each.relative / DECISIONS },
  ];
}
