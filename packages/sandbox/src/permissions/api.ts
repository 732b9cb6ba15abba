/**
 * The operations of Amazon Verified Permissions, in its own shapes (API reference 2021-12-01; botocore's model of it). Policy templates, OpenID
 * Connect sources and encryption settings are not here: an operation that is not is answered as AWS answers an unknown one.
 */
import { cedarQuestion, type DecisionRequest, decisionOf, tokenQuestion } from "./decide.ts";
import { ApiError, notFound, validation } from "./errors.ts";
import { datesOfNow, newId, PolicyStore, type StoredPolicy, type StoredSource } from "./store.ts";
import type { IdentitySource, TokenParameter, TokenReader } from "./token.ts";
import type { EntitiesDefinition } from "./values.ts";

/** What the API keeps and uses. */
export interface Ground {
  stores: Map<string, PolicyStore>;
  tokens: TokenReader;
  arnOf(policyStoreId: string): string;
}

/** The input of any operation: JSON, of which each reads its part. */
// biome-ignore lint/suspicious/noExplicitAny: the wire's JSON; each operation checks what it reads
type Input = Record<string, any>;
type Operation = (ground: Ground, input: Input) => object | Promise<object>;

/** AWS's limit of a batch. */
const MAX_REQUESTS = 30;

/** Every operation that is answered, by its name. */
export const operations: Readonly<Record<string, Operation>> = {
  CreatePolicyStore({ stores, arnOf }, { validationSettings, deletionProtection, description, tags }) {
    const mode = validationSettings?.mode;
    if (mode !== "STRICT" && mode !== "OFF") throw validation("must be STRICT or OFF", "validationSettings.mode");
    const store = new PolicyStore({ mode, deletionProtection, description, tags });
    stores.set(store.policyStoreId, store);
    return { policyStoreId: store.policyStoreId, arn: arnOf(store.policyStoreId), ...store.dates };
  },
  GetPolicyStore(ground, input) {
    const store = storeOf(ground, input);
    return {
      policyStoreId: store.policyStoreId,
      arn: ground.arnOf(store.policyStoreId),
      validationSettings: { mode: store.mode },
      deletionProtection: store.deletionProtection,
      description: store.description,
      ...store.dates,
      ...(input.tags === true && { tags: store.tags }),
    };
  },
  UpdatePolicyStore(ground, input) {
    const store = storeOf(ground, input);
    store.mode = input.validationSettings?.mode ?? store.mode;
    store.deletionProtection = input.deletionProtection ?? store.deletionProtection;
    store.description = input.description ?? store.description;
    return { policyStoreId: store.policyStoreId, arn: ground.arnOf(store.policyStoreId), ...store.dates };
  },
  DeletePolicyStore({ stores }, { policyStoreId }) {
    if (stores.get(policyStoreId)?.deletionProtection === "ENABLED") {
      throw new ApiError(
        "InvalidStateException",
        "The policy store can't be deleted: its deletion protection is enabled.",
      );
    }
    stores.delete(policyStoreId);
    return {};
  },
  ListPolicyStores({ stores, arnOf }) {
    return {
      policyStores: [...stores.values()].map(({ policyStoreId, dates }) => ({
        policyStoreId,
        arn: arnOf(policyStoreId),
        ...dates,
      })),
    };
  },
  TagResource(ground, { resourceArn, tags }) {
    const store = taggedStore(ground, resourceArn);
    store.tags = { ...store.tags, ...tags };
    return {};
  },
  UntagResource(ground, { resourceArn, tagKeys }) {
    const store = taggedStore(ground, resourceArn);
    store.tags = Object.fromEntries(Object.entries(store.tags).filter(([key]) => !tagKeys.includes(key)));
    return {};
  },
  PutSchema(ground, input) {
    const store = storeOf(ground, input);
    store.putSchema(requireText(input.definition?.cedarJson, "definition.cedarJson"));
    return schemaOf(store);
  },
  GetSchema(ground, input) {
    const store = storeOf(ground, input);
    if (store.schema === undefined) throw notFound("SCHEMA", store.policyStoreId);
    return { ...schemaOf(store), schema: store.schema.text };
  },
  CreatePolicy(ground, input) {
    const { statement, description } = staticPolicy(input);
    const store = storeOf(ground, input);
    return policyOf(store, store.createPolicy(statement, description));
  },
  UpdatePolicy(ground, input) {
    const { statement, description } = staticPolicy(input);
    const store = storeOf(ground, input);
    return policyOf(store, store.updatePolicy(input.policyId, statement, description));
  },
  GetPolicy(ground, input) {
    const store = storeOf(ground, input);
    const policy = store.policy(input.policyId);
    const { statement, description } = policy;
    return { ...policyOf(store, policy), definition: { static: { statement, description } } };
  },
  DeletePolicy(ground, input) {
    storeOf(ground, input).deletePolicy(input.policyId);
    return {};
  },
  ListPolicies(ground, input) {
    const store = storeOf(ground, input);
    return {
      policies: [...store.policies.values()].map((policy) => ({
        ...policyOf(store, policy),
        definition: { static: { description: policy.description } },
      })),
    };
  },
  CreateIdentitySource(ground, input) {
    const store = storeOf(ground, input);
    if (store.identitySource !== undefined) {
      throw new ApiError("ServiceQuotaExceededException", "A policy store has at most one identity source.", {
        resourceType: "IDENTITY_SOURCE",
        resourceId: store.policyStoreId,
      });
    }
    store.identitySource = {
      identitySourceId: newId("IS"),
      source: identitySource(input.configuration, input),
      ...datesOfNow(),
    };
    return sourceOf(store, store.identitySource);
  },
  UpdateIdentitySource(ground, input) {
    const store = storeOf(ground, input);
    const before = storedSource(store, input);
    const source = identitySource(input.updateConfiguration, {
      principalEntityType: before.source.principalEntityType,
      ...input,
    });
    store.identitySource = { ...before, source, lastUpdatedDate: new Date().toISOString() };
    return sourceOf(store, store.identitySource);
  },
  GetIdentitySource(ground, input) {
    const store = storeOf(ground, input);
    const stored = storedSource(store, input);
    const { userPoolArn, clientIds, principalEntityType, groupEntityType } = stored.source;
    const groupConfiguration = groupEntityType === undefined ? undefined : { groupEntityType };
    return {
      ...sourceOf(store, stored),
      principalEntityType,
      configuration: { cognitoUserPoolConfiguration: { userPoolArn, clientIds, groupConfiguration } },
    };
  },
  DeleteIdentitySource(ground, input) {
    const store = storeOf(ground, input);
    storedSource(store, input);
    store.identitySource = undefined;
    return {};
  },
  ListIdentitySources(ground, input) {
    const store = storeOf(ground, input);
    const stored = store.identitySource;
    if (stored === undefined) return { identitySources: [] };
    const { principalEntityType } = stored.source;
    return { identitySources: [{ ...sourceOf(store, stored), principalEntityType }] };
  },
  IsAuthorized(ground, input) {
    const store = storeOf(ground, input);
    return decisionOf(store.decide(cedarQuestion(input as DecisionRequest, input.entities)));
  },
  async IsAuthorizedWithToken(ground, input) {
    const store = storeOf(ground, input);
    const asking = await asked(ground, store, input);
    return { ...decisionOf(store.decide(asking.question(input as DecisionRequest))), principal: asking.principal };
  },
  BatchIsAuthorized(ground, input) {
    const store = storeOf(ground, input);
    const requests: DecisionRequest[] = requestsOf(input);
    const shared = (key: "principal" | "resource") =>
      new Set(requests.map((each) => JSON.stringify(each[key]))).size === 1;
    if (!shared("principal") && !shared("resource")) {
      throw validation("the requests must have the same principal or the same resource", "requests");
    }
    return {
      results: requests.map((request) => ({
        request,
        ...decisionOf(store.decide(cedarQuestion(request, input.entities))),
      })),
    };
  },
  async BatchIsAuthorizedWithToken(ground, input) {
    const store = storeOf(ground, input);
    const requests = requestsOf(input);
    const asking = await asked(ground, store, input);
    return {
      principal: asking.principal,
      results: requests.map((request) => ({ request, ...decisionOf(store.decide(asking.question(request))) })),
    };
  },
};

async function asked({ tokens }: Ground, store: PolicyStore, input: Input) {
  const given = (["accessToken", "identityToken"] as const).filter((each) => input[each] !== undefined);
  const [parameter, ...others] = given;
  // Both may be given on AWS, for one user; nothing of ours does.
  if (parameter === undefined || others.length > 0)
    throw validation("exactly one of accessToken and identityToken must be given");
  const token = requireText(input[parameter], parameter);
  const source = store.identitySource?.source;
  const who = await tokens.read(source, parameter as TokenParameter, token);
  return tokenQuestion(
    who,
    source as IdentitySource,
    store.schema?.json,
    input.entities as EntitiesDefinition | undefined,
  );
}

function requestsOf({ requests }: Input): DecisionRequest[] {
  if (Array.isArray(requests) && requests.length > 0 && requests.length <= MAX_REQUESTS) return requests;
  throw validation(`must have between 1 and ${MAX_REQUESTS} items`, "requests");
}

function storeOf({ stores }: Ground, { policyStoreId }: Input): PolicyStore {
  const id = requireText(policyStoreId, "policyStoreId");
  const store = stores.get(id);
  if (store === undefined) throw notFound("POLICY_STORE", id);
  return store;
}

function taggedStore(ground: Ground, resourceArn: unknown): PolicyStore {
  return storeOf(ground, { policyStoreId: String(resourceArn).split("/").at(-1) });
}

function schemaOf({ policyStoreId, schema }: PolicyStore) {
  return { policyStoreId, namespaces: Object.keys(schema?.json ?? {}), ...schema?.dates };
}

function policyOf({ policyStoreId }: PolicyStore, { policyId, createdDate, lastUpdatedDate }: StoredPolicy) {
  return { policyStoreId, policyId, policyType: "STATIC", createdDate, lastUpdatedDate };
}

function sourceOf({ policyStoreId }: PolicyStore, { identitySourceId, createdDate, lastUpdatedDate }: StoredSource) {
  return { policyStoreId, identitySourceId, createdDate, lastUpdatedDate };
}

function storedSource(store: PolicyStore, { identitySourceId }: Input): StoredSource {
  if (store.identitySource?.identitySourceId === identitySourceId) return store.identitySource as StoredSource;
  throw notFound("IDENTITY_SOURCE", String(identitySourceId));
}

function staticPolicy({ definition }: Input): { statement: string; description?: string } {
  const { statement, description } = definition?.static ?? {};
  return { statement: requireText(statement, "definition.static.statement"), description };
}

function identitySource(configuration: Input | undefined, { principalEntityType }: Input): IdentitySource {
  const path = "configuration.cognitoUserPoolConfiguration";
  const { userPoolArn, clientIds = [], groupConfiguration } = configuration?.cognitoUserPoolConfiguration ?? {};
  if (!/^arn:[a-zA-Z0-9-]+:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+_[0-9a-zA-Z]+$/.test(String(userPoolArn))) {
    throw validation("must be the ARN of a user pool", `${path}.userPoolArn`);
  }
  return {
    userPoolArn,
    clientIds,
    principalEntityType: requireText(principalEntityType ?? "AWS::Cognito", "principalEntityType"),
    groupEntityType: groupConfiguration?.groupEntityType,
  };
}

function requireText(value: unknown, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw validation("must be a text", path);
}
