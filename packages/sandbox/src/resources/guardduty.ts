import { randomBytes } from "node:crypto";
import { store, unstore } from "../guardduty/store.ts";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";

const newId = () => randomBytes(16).toString("hex");

const arnOf = ({ partition, region, accountId }: HandlerContext, path: string) =>
  `arn:${partition}:guardduty:${region}:${accountId}:${path}`;

const detector = handler<{ enable?: boolean }>({
  async create(inputs, ctx) {
    const id = newId();
    await store(ctx.directory, { kind: "detector", id, enable: inputs.enable ?? true });
    return { id, outputs: { arn: arnOf(ctx, `detector/${id}`), accountId: ctx.accountId } };
  },
  async update(id, olds, news, ctx) {
    await store(ctx.directory, { kind: "detector", id, enable: news.enable ?? true });
    return { id, outputs: { arn: olds.arn, accountId: olds.accountId } };
  },
  async delete(id, _olds, { directory }) {
    await unstore(directory, { kind: "detector", id });
  },
});

interface FeatureInputs extends Properties {
  detectorId: string;
  name: string;
  status: string;
}

const featureOf = ({ detectorId, name, status }: FeatureInputs) => ({
  kind: "feature" as const,
  id: `${detectorId}/${name}`,
  detectorId,
  name,
  status,
});

const feature = handler<FeatureInputs>({
  replaceOnChanges: ["detectorId", "name"],
  async create(inputs, { directory }) {
    await store(directory, featureOf(inputs));
    return { id: featureOf(inputs).id, outputs: {} };
  },
  async update(id, _olds, news, { directory }) {
    await store(directory, featureOf(news));
    return { id, outputs: {} };
  },
  // A feature has no deletion of its own: AWS keeps it as it is, and so does this.
});

interface ThreatListInputs extends Properties {
  detectorId: string;
  name?: string;
  activate: boolean;
  format: string;
  location: string;
}

const threatListOf = (id: string, name: string, inputs: ThreatListInputs) => ({
  kind: "threat-list" as const,
  id,
  detectorId: inputs.detectorId,
  name,
  active: inputs.activate,
  format: inputs.format,
  location: inputs.location,
});

const threatList = handler<ThreatListInputs>({
  replaceOnChanges: ["detectorId", "format"],
  async create(inputs, ctx) {
    const setId = newId();
    const name = inputs.name ?? ctx.physicalName(300);
    await store(ctx.directory, threatListOf(setId, name, inputs));
    const arn = arnOf(ctx, `detector/${inputs.detectorId}/threatintelset/${setId}`);
    return { id: `${inputs.detectorId}:${setId}`, outputs: { name, arn } };
  },
  async update(id, olds, news, { directory }) {
    const name = news.name ?? (olds.name as string);
    await store(directory, threatListOf(id.split(":")[1] as string, name, news));
    return { id, outputs: { name, arn: olds.arn } };
  },
  async delete(id, _olds, { directory }) {
    await unstore(directory, { kind: "threat-list", id: id.split(":")[1] as string });
  },
});

/**
 * GuardDuty's detectors, features and threat lists, for the sandbox's own stand-in (`guardduty/`), which knows one thing: a function that calls an
 * address of an active list.
 */
export const guardduty: ServiceHandlers = {
  types: {
    "aws:guardduty/detector:Detector": detector,
    "aws:guardduty/detectorFeature:DetectorFeature": feature,
    "aws:guardduty/threatIntelSet:ThreatIntelSet": threatList,
  },
};
