import { resourceTags } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../place.ts";
import { createSiemAlarms } from "./alarms.ts";
import { type SiemArgs, SiemEngine } from "./args.ts";
import type { SiemContext } from "./context.ts";
import { createDomain } from "./domain.ts";
import { createSiemKey } from "./key.ts";
import { createCollection } from "./serverless.ts";
import { siemSettings } from "./settings.ts";
import { createSetup } from "./setup.ts";
import { allowPuttingBack, subscribeFindings, subscribeLogGroups } from "./sources.ts";
import { createStream, createStreamGround } from "./stream.ts";

/**
 * Everything that is logged in one place that can be searched: CloudTrail, GuardDuty, the firewall and the gateway, as events of the Open
 * Cybersecurity Schema Framework, in OpenSearch, with a saved search for each detection rule and a dashboard. What cannot be delivered is kept.
 */
export class Siem extends pulumi.ComponentResource {
  /** Where OpenSearch answers, `https://...`. */
  public readonly endpoint: pulumi.Output<string>;
  /** Where people look at the dashboard. */
  public readonly dashboardsUrl: pulumi.Output<string>;
  /** The ARN of the collection or of the domain. */
  public readonly storeArn: pulumi.Output<string>;
  /** The name of the stream: further sources put their records into it. */
  public readonly streamName: pulumi.Output<string>;
  /** The ARN of the stream. */
  public readonly streamArn: pulumi.Output<string>;
  /** The name of the bucket of the records that could not be mapped or delivered. */
  public readonly failedBucketName: pulumi.Output<string>;
  /** The ARN of the key of everything that is kept. */
  public readonly kmsKeyArn: pulumi.Output<string>;
  /** What the function that sets OpenSearch up answered, as JSON. */
  public readonly setupResult: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is searched, where, and by whom.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: SiemArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:Siem", name, {}, opts);
    const child = { parent: this };
    const settings = siemSettings(name, args);
    const tags = resourceTags({ component: "Siem", name, teamTags: args.teamTags, lowered: settings.lowered });
    const place = placeOf(child);
    const kmsKeyArn = pulumi.output(args.kmsKeyArn ?? createSiemKey(name, place, tags, child));
    const context: SiemContext = { name, args, settings, place, kmsKeyArn, tags, child };

    const ground = createStreamGround(context);
    const create = settings.engine === SiemEngine.Serverless ? createCollection : createDomain;
    const store = create(context, ground.role.arn);
    const setup = createSetup(context, store, ground.role.arn);
    const stream = createStream(context, ground, store, setup);
    allowPuttingBack(context, stream);
    subscribeLogGroups(context, stream);
    createSiemAlarms(context, stream, settings.findings ? subscribeFindings(context, stream) : undefined);

    this.endpoint = store.endpoint;
    this.dashboardsUrl = pulumi.interpolate`${store.endpoint}/_dashboards`;
    this.storeArn = store.arn;
    this.streamName = stream.name;
    this.streamArn = stream.arn;
    this.failedBucketName = ground.failed.bucket.id;
    this.kmsKeyArn = kmsKeyArn;
    this.setupResult = setup.result;
    this.registerOutputs({
      endpoint: this.endpoint,
      dashboardsUrl: this.dashboardsUrl,
      storeArn: this.storeArn,
      streamName: this.streamName,
      streamArn: this.streamArn,
      failedBucketName: this.failedBucketName,
      kmsKeyArn: this.kmsKeyArn,
      setupResult: this.setupResult,
    });
  }
}
