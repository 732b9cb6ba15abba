import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateRegexPatternSetCommand,
  CreateRuleGroupCommand,
  CreateWebACLCommand,
  DeleteIPSetCommand,
  DeleteRegexPatternSetCommand,
  DeleteRuleGroupCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetIPSetCommand,
  GetRegexPatternSetCommand,
  GetRuleGroupCommand,
  GetWebACLCommand,
  type IPAddressVersion,
  type Scope,
  UpdateIPSetCommand,
  UpdateRegexPatternSetCommand,
  UpdateRuleGroupCommand,
  UpdateWebACLCommand,
} from "@aws-sdk/client-wafv2";
import { readBeside, removeBeside, writeBeside } from "../edge/beside.ts";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, tagList } from "./values.ts";
import { apiAssociationConfig, apiBodies, apiLogging, apiRules, type LoggingInputs } from "./wafv2-shapes.ts";

/** What the four kinds of WAF's own resources have in common. */
interface Common {
  name?: string;
  scope: Scope;
  description?: string;
  tags?: Record<string, string>;
}

/** What finds a resource: WAF's calls take all three. */
interface Key {
  Name: string;
  Scope: Scope;
  Id: string;
}

function keyOf(id: string, olds: Properties): Key {
  return { Name: olds.name as string, Scope: olds.scope as Scope, Id: id };
}

function start(inputs: Common, ctx: HandlerContext) {
  const Name = inputs.name ?? ctx.physicalName(128);
  return { Name, Scope: inputs.scope, Description: inputs.description, Tags: tagList(inputs.tags) };
}

/** Replaced also where AWS would change them: MiniStack's updates leave them as they are. */
const REPLACED = ["name", "namePrefix", "scope", "description"];

interface WebAclInputs extends Common {
  defaultAction: Properties;
  rules?: Properties[];
  ruleJson?: string;
  visibilityConfig: Properties;
  customResponseBodies?: Properties[];
  associationConfig?: Parameters<typeof apiAssociationConfig>[0];
}

/** What creation and update send alike. */
function webAclSettings(inputs: WebAclInputs) {
  return {
    DefaultAction: pascalCase(inputs.defaultAction),
    Rules: apiRules(inputs.rules, inputs.ruleJson),
    VisibilityConfig: pascalCase(inputs.visibilityConfig, { cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled" }),
    CustomResponseBodies: apiBodies(inputs.customResponseBodies),
    AssociationConfig: apiAssociationConfig(inputs.associationConfig),
  };
}

async function keepBeside(
  arn: string,
  settings: ReturnType<typeof webAclSettings>,
  ctx: HandlerContext,
): Promise<void> {
  await writeBeside(ctx.directory, arn, {
    associationConfig: settings.AssociationConfig,
    customResponseBodies: settings.CustomResponseBodies,
  });
}

async function webAclState(key: Key, { clients }: HandlerContext) {
  const { WebACL } = await clients.wafv2.send(new GetWebACLCommand(key));
  return { name: key.Name, arn: WebACL?.ARN as string, capacity: WebACL?.Capacity };
}

const webAcl = handler<WebAclInputs>({
  replaceOnChanges: REPLACED,
  async create(inputs, ctx) {
    const settings = webAclSettings(inputs);
    const common = start(inputs, ctx);
    const { Summary } = await ctx.clients.wafv2.send(new CreateWebACLCommand({ ...common, ...settings }));
    const id = Summary?.Id as string;
    const outputs = await webAclState({ ...common, Id: id }, ctx);
    await keepBeside(outputs.arn, settings, ctx);
    return { id, outputs };
  },
  async update(id, olds, news, ctx) {
    const key = keyOf(id, olds);
    const settings = webAclSettings(news);
    const { LockToken } = await ctx.clients.wafv2.send(new GetWebACLCommand(key));
    await ctx.clients.wafv2.send(new UpdateWebACLCommand({ ...key, LockToken, ...settings }));
    const outputs = await webAclState(key, ctx);
    await keepBeside(outputs.arn, settings, ctx);
    return { id, outputs };
  },
  async delete(id, olds, { clients, directory }) {
    const key = keyOf(id, olds);
    await ignoreMissing(
      (async () => {
        const { LockToken } = await clients.wafv2.send(new GetWebACLCommand(key));
        await clients.wafv2.send(new DeleteWebACLCommand({ ...key, LockToken }));
      })(),
    );
    await removeBeside(directory, olds.arn as string);
  },
});

interface IpSetInputs extends Common {
  ipAddressVersion: IPAddressVersion;
  addresses?: string[];
}

const ipSet = handler<IpSetInputs>({
  replaceOnChanges: [...REPLACED, "ipAddressVersion"],
  async create(inputs, ctx) {
    const common = start(inputs, ctx);
    const { ipAddressVersion: IPAddressVersion, addresses: Addresses = [] } = inputs;
    const { Summary } = await ctx.clients.wafv2.send(
      new CreateIPSetCommand({ ...common, IPAddressVersion, Addresses }),
    );
    return { id: Summary?.Id as string, outputs: { name: common.Name, arn: Summary?.ARN } };
  },
  async update(id, olds, { addresses: Addresses = [] }, { clients }) {
    const key = keyOf(id, olds);
    const { LockToken } = await clients.wafv2.send(new GetIPSetCommand(key));
    await clients.wafv2.send(new UpdateIPSetCommand({ ...key, LockToken, Addresses }));
    return { id, outputs: { name: olds.name, arn: olds.arn } };
  },
  async delete(id, olds, { clients }) {
    const key = keyOf(id, olds);
    await ignoreMissing(
      (async () => {
        const { LockToken } = await clients.wafv2.send(new GetIPSetCommand(key));
        await clients.wafv2.send(new DeleteIPSetCommand({ ...key, LockToken }));
      })(),
    );
  },
});

interface RegexPatternSetInputs extends Common {
  regularExpressions?: { regexString: string }[];
}

const regexPatternSet = handler<RegexPatternSetInputs>({
  replaceOnChanges: REPLACED,
  async create(inputs, ctx) {
    const common = start(inputs, ctx);
    const RegularExpressionList = pascalCase(inputs.regularExpressions ?? []);
    const { Summary } = await ctx.clients.wafv2.send(
      new CreateRegexPatternSetCommand({ ...common, RegularExpressionList }),
    );
    return { id: Summary?.Id as string, outputs: { name: common.Name, arn: Summary?.ARN } };
  },
  async update(id, olds, news, { clients }) {
    const key = keyOf(id, olds);
    const RegularExpressionList = pascalCase(news.regularExpressions ?? []);
    const { LockToken } = await clients.wafv2.send(new GetRegexPatternSetCommand(key));
    await clients.wafv2.send(new UpdateRegexPatternSetCommand({ ...key, LockToken, RegularExpressionList }));
    return { id, outputs: { name: olds.name, arn: olds.arn } };
  },
  async delete(id, olds, { clients }) {
    const key = keyOf(id, olds);
    await ignoreMissing(
      (async () => {
        const { LockToken } = await clients.wafv2.send(new GetRegexPatternSetCommand(key));
        await clients.wafv2.send(new DeleteRegexPatternSetCommand({ ...key, LockToken }));
      })(),
    );
  },
});

interface RuleGroupInputs extends Common {
  capacity: number;
  rules?: Properties[];
  rulesJson?: string;
  visibilityConfig: Properties;
}

const ruleGroup = handler<RuleGroupInputs>({
  // MiniStack keeps no custom response bodies of a rule group: one that is used is an error of the edge.
  replaceOnChanges: [...REPLACED, "capacity", "customResponseBodies"],
  async create(inputs, ctx) {
    const common = start(inputs, ctx);
    const { Summary } = await ctx.clients.wafv2.send(
      new CreateRuleGroupCommand({ ...common, Capacity: inputs.capacity, ...ruleGroupSettings(inputs) }),
    );
    return { id: Summary?.Id as string, outputs: { name: common.Name, arn: Summary?.ARN } };
  },
  async update(id, olds, news, { clients }) {
    const key = keyOf(id, olds);
    const { LockToken } = await clients.wafv2.send(new GetRuleGroupCommand(key));
    await clients.wafv2.send(new UpdateRuleGroupCommand({ ...key, LockToken, ...ruleGroupSettings(news) }));
    return { id, outputs: { name: olds.name, arn: olds.arn } };
  },
  async delete(id, olds, { clients }) {
    const key = keyOf(id, olds);
    await ignoreMissing(
      (async () => {
        const { LockToken } = await clients.wafv2.send(new GetRuleGroupCommand(key));
        await clients.wafv2.send(new DeleteRuleGroupCommand({ ...key, LockToken }));
      })(),
    );
  },
});

function ruleGroupSettings(inputs: RuleGroupInputs) {
  return {
    Rules: apiRules(inputs.rules, inputs.rulesJson),
    VisibilityConfig: pascalCase(inputs.visibilityConfig, { cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled" }),
  };
}

interface AssociationInputs {
  resourceArn: string;
  webAclArn: string;
}

const webAclAssociation = handler<AssociationInputs>({
  replaceOnChanges: ["resourceArn", "webAclArn"],
  async create({ resourceArn, webAclArn }, { clients }) {
    const [, restApiId, stageName] = /:\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(resourceArn) ?? [];
    // AWS refuses a stage that does not exist; MiniStack would keep the association for nothing.
    if (restApiId !== undefined) await clients.apiGateway.send(new GetStageCommand({ restApiId, stageName }));
    if (webAclArn.includes(":global/")) {
      throw invalid(`the web ACL ${webAclArn} has the scope CLOUDFRONT; ${resourceArn} takes one of scope REGIONAL`);
    }
    await clients.wafv2.send(new AssociateWebACLCommand({ ResourceArn: resourceArn, WebACLArn: webAclArn }));
    return { id: `${webAclArn},${resourceArn}`, outputs: {} };
  },
  async delete(_id, { resourceArn }, { clients }) {
    await clients.wafv2.send(new DisassociateWebACLCommand({ ResourceArn: resourceArn as string }));
  },
});

/** MiniStack has no API for it: it is kept beside the web ACL, and the edge writes the log. AWS's own checks are made here. */
const webAclLoggingConfiguration = handler<LoggingInputs>({
  replaceOnChanges: ["resourceArn"],
  async create(inputs, ctx) {
    await keepLogging(inputs, ctx);
    return { id: inputs.resourceArn, outputs: {} };
  },
  async update(id, _olds, news, ctx) {
    await keepLogging(news, ctx);
    return { id, outputs: {} };
  },
  async delete(id, _olds, { directory }) {
    const { loggingConfiguration, ...rest } = await readBeside(directory, id);
    if (loggingConfiguration) await writeBeside(directory, id, { ...rest, loggingConfiguration: undefined });
  },
});

async function keepLogging(inputs: LoggingInputs, { directory }: HandlerContext): Promise<void> {
  for (const destination of inputs.logDestinationConfigs) {
    const name = destination.split(/:log-group:|:::|:deliverystream\//)[1] ?? "";
    if (!name.startsWith("aws-waf-logs-")) {
      throw invalid(
        `logDestinationConfigs has ${destination}; AWS WAF logs only to a log group, bucket or delivery stream whose name starts ` +
          "with aws-waf-logs-",
      );
    }
  }
  await writeBeside(directory, inputs.resourceArn, { loggingConfiguration: apiLogging(inputs) });
}

function invalid(message: string): Error {
  return Object.assign(new Error(message), { name: "WAFInvalidParameterException" });
}

/** AWS WAF: stored on the emulator, enforced by the edge (`src/edge`). */
export const wafv2: ServiceHandlers = {
  types: {
    "aws:wafv2/webAcl:WebAcl": webAcl,
    "aws:wafv2/ipSet:IpSet": ipSet,
    "aws:wafv2/regexPatternSet:RegexPatternSet": regexPatternSet,
    "aws:wafv2/ruleGroup:RuleGroup": ruleGroup,
    "aws:wafv2/webAclAssociation:WebAclAssociation": webAclAssociation,
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": webAclLoggingConfiguration,
  },
};
