import { readFileSync } from "node:fs";
import { type PolicyResource, UNKNOWN } from "@palisade/policy-pack";

/** One part of what a resource costs while nobody uses it. */
interface IdlePrice {
  what: string;
  usd: number;
  per: "hour" | "month";
  /** Which of the `QUANTITIES` it is multiplied by. */
  times: string;
}

/** What a row was compared with, beside the memory of who wrote it down. */
interface Checked {
  /** The day, `YYYY-MM-DD`. */
  on: string;
  /** The address of what says the same. */
  against: string;
  /** What it says, in words. */
  says: string;
}

/** `preview-prices.json`: prices of one region on one day, by resource type. */
export interface PriceTable {
  region: string;
  /** The day, `YYYY-MM-DD`. */
  asOf: string;
  currency: string;
  hoursPerMonth: number;
  note: string;
  types: Record<string, { page: string; checked?: Checked; idle: IdlePrice[]; usage: string[] }>;
  free: { page: string; why: string; modules: string[]; types: string[] };
}

/** What one resource costs. */
export interface ResourceCost {
  urn: string;
  type: string;
  name: string;
  /** US dollars a month while nobody uses it. Absent: what it depends on is not known before deployment. */
  idleUsd?: number;
  /** How the sum came to be: `5 web ACL + 8 x 1 rules`. */
  formula: string;
  /** What use costs, in US dollars; never a part of the sum. */
  usage: string[];
  /** AWS's price page. */
  page: string;
}

/** What a stage costs while nobody uses it. */
export interface CostPreview {
  region: string;
  asOf: string;
  currency: string;
  /** Sum of what is priced, in US dollars a month, to the cent. */
  idleUsd: number;
  /** Whether the stage is in another region than the prices. */
  otherRegion: boolean;
  resources: ResourceCost[];
  /** Types that the table does not know: their cost is in no sum. */
  notPriced: { type: string; count: number }[];
}

type Quantity = (resource: PolicyResource, all: readonly PolicyResource[]) => number | undefined;

/** How often a price is due; undefined where that is not known before deployment. */
const QUANTITIES: Readonly<Record<string, Quantity>> = {
  one: () => 1,
  rules: ({ props }) => lengthOf(props.rules),
  endpointAddresses: ({ props }) => (props.vpcEndpointType === "Interface" ? lengthOf(props.subnetIds) : 0),
  natGateways: ({ props }) => {
    const { strategy } = (props.natGateways ?? {}) as { strategy?: unknown };
    if (strategy === "None") return 0;
    if (strategy === "Single") return 1;
    return typeof props.numberOfAvailabilityZones === "number" ? props.numberOfAvailabilityZones : 3;
  },
  auroraUnits: ({ props, dependencies }, all) => {
    if (props.instanceClass !== "db.serverless") return undefined;
    const cluster = all.find(
      ({ type, urn, props: other }) =>
        type === "aws:rds/cluster:Cluster" &&
        (dependencies?.clusterIdentifier?.includes(urn) === true ||
          (typeof other.clusterIdentifier === "string" && other.clusterIdentifier === props.clusterIdentifier)),
    );
    const scaling = cluster?.props.serverlessv2ScalingConfiguration as { minCapacity?: unknown } | undefined;
    return typeof scaling?.minCapacity === "number" ? scaling.minCapacity : undefined;
  },
  /** Capacity units of a cluster's instances at their least, where Database Insights is advanced. */
  insightsUnits: ({ props, urn }, all) => {
    if (props.databaseInsightsMode !== "advanced") return 0;
    const { minCapacity } = (props.serverlessv2ScalingConfiguration ?? {}) as { minCapacity?: unknown };
    if (typeof minCapacity !== "number") return undefined;
    const instances = all.filter(
      ({ type, dependencies }) =>
        type === "aws:rds/clusterInstance:ClusterInstance" && dependencies?.clusterIdentifier?.includes(urn),
    );
    return instances.length * minCapacity;
  },
  managedSecret: ({ props }) => (props.manageMasterUserPassword === true ? 1 : 0),
  firewallSubnets: ({ props }) => lengthOf(props.subnetMappings),
  stageCache: ({ props }) => (props.cacheClusterEnabled === true ? Number(props.cacheClusterSize ?? 0.5) * 2 : 0),
};

function lengthOf(value: unknown): number | undefined {
  if (value === UNKNOWN) return undefined;
  return Array.isArray(value) ? value.length : 0;
}

export function priceTable(): PriceTable {
  return JSON.parse(readFileSync(new URL("preview-prices.json", import.meta.url), "utf8"));
}

/** Whether the table says that a type has no price of its own. */
function isFree(type: string, { free }: PriceTable): boolean {
  return free.types.includes(type) || free.modules.some((module) => type.startsWith(module));
}

/**
 * What resources cost a month while nobody uses them.
 *
 * @param region The stage's region; the table has the prices of one.
 */
export function costOf(
  resources: readonly PolicyResource[],
  region: string,
  table: PriceTable = priceTable(),
): CostPreview {
  const priced: ResourceCost[] = [];
  const unpriced = new Map<string, number>();
  for (const resource of resources) {
    const { urn, type, name } = resource;
    const price = table.types[type];
    if (price === undefined) {
      if (!isFree(type, table)) unpriced.set(type, (unpriced.get(type) ?? 0) + 1);
      continue;
    }
    const parts = price.idle.map((each) => part(each, resource, resources, table));
    const idleUsd = parts.some(({ usd }) => usd === undefined)
      ? undefined
      : cents(parts.reduce((sum, { usd = 0 }) => sum + usd, 0));
    priced.push({
      urn,
      type,
      name,
      ...(idleUsd === undefined ? {} : { idleUsd }),
      formula: parts.map(({ text }) => text).join(" + "),
      usage: price.usage,
      page: price.page,
    });
  }
  return {
    region: table.region,
    asOf: table.asOf,
    currency: table.currency,
    idleUsd: cents(priced.reduce((sum, { idleUsd = 0 }) => sum + idleUsd, 0)),
    otherRegion: region !== table.region,
    resources: priced.sort(
      (a, b) => (b.idleUsd ?? 0) - (a.idleUsd ?? 0) || a.type.localeCompare(b.type) || a.name.localeCompare(b.name),
    ),
    notPriced: [...unpriced].map(([type, count]) => ({ type, count })).sort((a, b) => a.type.localeCompare(b.type)),
  };
}

function part(
  { what, usd, per, times }: IdlePrice,
  resource: PolicyResource,
  all: readonly PolicyResource[],
  { hoursPerMonth }: PriceTable,
): { usd: number | undefined; text: string } {
  const quantity = QUANTITIES[times];
  if (quantity === undefined)
    throw new Error(`preview-prices.json: no quantity "${times}"; allowed: ${Object.keys(QUANTITIES).join(", ")}`);
  const count = quantity(resource, all);
  const unit = per === "hour" ? `${usd} x ${hoursPerMonth} hours` : `${usd}`;
  const text = times === "one" ? `${unit} ${what}` : `${count ?? "?"} x ${unit} ${what}`;
  return { usd: count === undefined ? undefined : count * usd * (per === "hour" ? hoursPerMonth : 1), text };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
