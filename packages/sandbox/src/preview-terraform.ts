import { type PolicyResource, UNKNOWN } from "@palisade/policy-pack";

/**
 * A preview's resources in the JSON form of a Terraform plan (developer.hashicorp.com/terraform/internals/json-format), so that tools
 * which know nothing of Pulumi can judge them. Pulumi's AWS types and properties are Terraform's by another name
 * (github.com/pulumi/pulumi-aws, provider/resources.go); what is not is left out, and told.
 */
export interface TerraformExport {
  plan: TerraformPlan;
  /** Resources that are not in the plan, and why. */
  left: { type: string; name: string; reason: string }[];
}

export interface TerraformPlan {
  format_version: "1.2";
  terraform_version: string;
  planned_values: { root_module: { resources: PlannedResource[] } };
  resource_changes: { address: string; mode: "managed"; type: string; name: string; change: Change }[];
  configuration: { root_module: { resources: ConfiguredResource[] } };
}

interface PlannedResource {
  /** `aws_s3_bucket.trail-bucket`. */
  address: string;
  mode: "managed";
  type: string;
  name: string;
  provider_name: string;
  values: Record<string, unknown>;
}

interface ConfiguredResource {
  address: string;
  mode: "managed";
  type: string;
  name: string;
  /** Attributes whose value only AWS knows, with what they refer to. */
  expressions: Record<string, unknown>;
}

interface Change {
  actions: ["create"];
  before: null;
  after: Record<string, unknown>;
}

/** Pulumi's module and resource, in snake case, to Terraform's name without `aws_`, where the two do not only differ in the writing. */
const NAMES: Readonly<Record<string, string>> = {
  cfg_recorder: "config_configuration_recorder",
  cfg_recorder_status: "config_configuration_recorder_status",
  cfg_delivery_channel: "config_delivery_channel",
  cfg_rule: "config_config_rule",
  rds_event_subscription: "db_event_subscription",
  rds_instance: "db_instance",
  rds_option_group: "db_option_group",
  rds_parameter_group: "db_parameter_group",
  rds_proxy: "db_proxy",
  rds_snapshot: "db_snapshot",
  rds_subnet_group: "db_subnet_group",
  s3_bucket_objectv2: "s3_object",
};

/** Modules whose name Terraform writes otherwise; empty where it writes none. */
const MODULES: Readonly<Record<string, string>> = { apigateway: "api_gateway", ec2: "", cfg: "config" };

/** Properties that Pulumi calls otherwise, by Terraform's type; `*`: of every type. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "*": { restApi: "rest_api_id" },
  aws_api_gateway_base_path_mapping: { restApi: "api_id" },
  aws_api_gateway_stage: { deployment: "deployment_id" },
  aws_cloudwatch_metric_alarm: { name: "alarm_name" },
  aws_lambda_function: { name: "function_name", code: "filename" },
  aws_lambda_permission: { function: "function_name" },
  aws_lambda_alias: { functionName: "function_name" },
  aws_sns_topic_subscription: { topic: "topic_arn" },
};

/** Properties whose keys are the user's, and so are no blocks. */
const MAPS = new Set([
  "defaultArguments",
  "dimensions",
  "nonOverridableArguments",
  "requestModels",
  "requestParameters",
  "requestTemplates",
  "responseModels",
  "responseParameters",
  "responseTemplates",
  "tags",
  "tagsAll",
  "triggers",
  "variables",
]);

/** Blocks that have a plural's form in Terraform too, or a singular's that ends in an s. */
const AS_THEY_ARE = new Set(["apiStages", "egress", "headers", "ingress", "redactedFields"]);

/** `aws_s3_bucket` for `aws:s3/bucket:Bucket`; undefined where a type is no resource of AWS's provider. */
export function terraformType(type: string): string | undefined {
  const [, module, resource] = /^aws:(\w+)\/(\w+):\w+$/.exec(type) ?? [];
  if (module === undefined || resource === undefined) return undefined;
  const name = snake(resource);
  const renamed = NAMES[`${module}_${name}`];
  if (renamed !== undefined) return `aws_${renamed}`;
  return ["aws", MODULES[module] ?? module, name].filter((part) => part !== "").join("_");
}

/** `aws_s3_bucket.trail-bucket` for a resource of Pulumi's; undefined where `terraformType` is. */
export function terraformAddress(type: string, name: string): string | undefined {
  const renamed = terraformType(type);
  return renamed && `${renamed}.${name.replace(/[^A-Za-z0-9_-]/g, "_")}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function attribute(key: string, value: unknown, type: string): string {
  const renamed = PROPERTIES[type]?.[key] ?? PROPERTIES["*"]?.[key];
  if (renamed !== undefined) return renamed;
  const isBlocks = Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null);
  if (!isBlocks || AS_THEY_ARE.has(key)) return snake(key);
  return snake(key.endsWith("ies") ? `${key.slice(0, -3)}y` : key.replace(/s$/, ""));
}

/**
 * @param unknowing The resources with `UNKNOWN` for what only AWS knows.
 * @param standingIn The same ones with made-up ids and ARNs: a whole document (a policy, an OpenAPI body) that holds one is taken from
 *   here, since without it there would be nothing to judge; an id that stands alone becomes a reference to its resource.
 */
export function terraformPlan(
  unknowing: readonly PolicyResource[],
  standingIn: readonly PolicyResource[],
): TerraformExport {
  const left: TerraformExport["left"] = [];
  const addresses = new Map<string, string>();
  const exported: { resource: PolicyResource; type: string; name: string; address: string }[] = [];
  for (const resource of [...unknowing].sort((a, b) => (a.urn < b.urn ? -1 : 1))) {
    const type = terraformType(resource.type);
    const address = terraformAddress(resource.type, resource.name);
    if (type === undefined || address === undefined) {
      const reason =
        "Terraform has no such resource: it is Pulumi's own, or a component whose children only its provider knows";
      left.push({ type: resource.type, name: resource.name, reason });
      continue;
    }
    addresses.set(resource.urn, address);
    exported.push({ resource, type, name: address.slice(type.length + 1), address });
  }
  const twins = new Map(standingIn.map((each) => [each.urn, each.props]));
  const [planned, configured]: [PlannedResource[], ConfiguredResource[]] = [[], []];
  for (const { resource, type, name, address } of exported) {
    const referencesOf = (property: string) =>
      (resource.dependencies?.[property] ?? []).flatMap((urn) => addresses.get(urn) ?? []);
    const { values, expressions } = exportObject(resource.props, twins.get(resource.urn), referencesOf, type);
    const common = { address, mode: "managed" as const, type, name };
    planned.push({ ...common, provider_name: "registry.terraform.io/hashicorp/aws", values });
    configured.push({ ...common, expressions });
  }
  const plan: TerraformPlan = {
    format_version: "1.2",
    terraform_version: "1.9.0",
    planned_values: { root_module: { resources: planned } },
    resource_changes: planned.map(({ address, mode, type, name, values }) => {
      return { address, mode, type, name, change: { actions: ["create"], before: null, after: values } };
    }),
    configuration: { root_module: { resources: configured } },
  };
  return { plan, left };
}

interface Part {
  value?: unknown;
  /** Terraform's expression for what only AWS knows. */
  expression?: unknown;
}

/** The attributes of a resource or a block, and a reference for each part of them that only AWS knows. */
function exportObject(
  properties: Record<string, unknown>,
  twin: unknown,
  referencesOf: (property: string) => readonly string[],
  type = "",
): { values: Record<string, unknown>; expressions: Record<string, unknown> } {
  const [values, expressions]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  for (const [key, given] of Object.entries(properties)) {
    const other = (twin as Record<string, unknown> | undefined)?.[key];
    const value = given === UNKNOWN && (isDocument(other) || isObject(other)) ? other : given;
    const at = attribute(key, value, type);
    const part = exportValue(key, value, other, referencesOf(key));
    // Terraform writes one block as a list of one.
    const wrap = (inner: unknown) =>
      isObject(value) && !Array.isArray(value) && isObject(inner) && !MAPS.has(key) ? [inner] : inner;
    if (part.value !== undefined) values[at] = wrap(part.value);
    if (part.expression !== undefined) expressions[at] = wrap(part.expression);
  }
  return { values, expressions };
}

function exportValue(key: string, value: unknown, twin: unknown, references: readonly string[]): Part {
  if (value === UNKNOWN) return reference(references);
  if (Array.isArray(value)) return exportList(value, twin, references);
  if (!isObject(value)) return { value };
  if (isFile(value)) return { value: "(a file)" };
  if (MAPS.has(key)) {
    // What only AWS knows is null, as in a plan.
    const entries = Object.entries(value).map(([name, item]) => [name, item === UNKNOWN ? null : item]);
    return { value: Object.fromEntries(entries) };
  }
  const { values, expressions } = exportObject(value, twin, () => references);
  return { value: values, ...(Object.keys(expressions).length > 0 ? { expression: expressions } : {}) };
}

function exportList(list: readonly unknown[], twin: unknown, references: readonly string[]): Part {
  const parts = list.map((item, index) =>
    exportValue("", item, Array.isArray(twin) ? twin[index] : undefined, references),
  );
  const expression = parts.find((part) => part.expression !== undefined)?.expression;
  if (list.some(isObject)) {
    const value = parts.map((part) => part.value ?? {});
    return { value, ...(expression !== undefined && { expression: parts.map((part) => part.expression ?? {}) }) };
  }
  const value = parts.flatMap((part) => (part.value === undefined ? [] : [part.value]));
  // A null in a list is a value that the reference stands for.
  return expression === undefined ? { value } : { value: [...value, null], expression };
}

function reference(addresses: readonly string[]): Part {
  if (addresses.length === 0) return {};
  return { expression: { references: addresses.flatMap((address) => [`${address}.id`, address]) } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** JSON text: a policy, an OpenAPI body. */
function isDocument(value: unknown): boolean {
  return typeof value === "string" && /^\s*[[{]/.test(value);
}

/** Signatures of assets and archives on Pulumi's wire (sdk/nodejs/runtime/rpc.ts). */
const FILES = ["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"];

/** What is in a file is in no plan. */
function isFile(value: Record<string, unknown>): boolean {
  return Object.values(value).some((item) => FILES.includes(item as string));
}
