import * as pulumi from "@pulumi/pulumi";
import type { SecureGatewayArgs } from "./args.ts";
import { createClientCertificate } from "./client-certificate.ts";
import { buildContext } from "./context.ts";
import { createDomain } from "./domain.ts";
import { associateFirewall } from "./firewall.ts";
import { createAccessLog, createExecutionLog } from "./logs.ts";
import { createPermissions } from "./permissions.ts";
import { createRestApi } from "./rest-api.ts";
import { createStage } from "./stage.ts";
import { createUsagePlan } from "./usage-plan.ts";

/**
 * A REST API made from an OpenAPI document, regional or private: every route has an authorizer, a model for its body and a validator; the stage is
 * throttled, traced and logged without tokens; what API Gateway answers by itself has security headers and says nothing of the
 * inside. Any change of the API is deployed.
 */
export class SecureGateway extends pulumi.ComponentResource {
  /** The API's id. */
  public readonly restApiId: pulumi.Output<string>;
  /** The stage's name. */
  public readonly stageName: pulumi.Output<string>;
  /** The stage's ARN, which a web ACL is associated with. */
  public readonly stageArn: pulumi.Output<string>;
  /** The ARN that permissions and policies on calls of the API begin with. */
  public readonly executionArn: pulumi.Output<string>;
  /** The stage's URL at API Gateway's own address, without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** The name of the access log's log group. */
  public readonly accessLogGroupName: pulumi.Output<string>;
  /** The name of the execution log's log group. */
  public readonly executionLogGroupName: pulumi.Output<string>;
  /** The name of the authorizer's function. */
  public readonly authorizerFunctionName: pulumi.Output<string>;
  /** The id of the usage plan that API keys are added to; missing without `usagePlan`. */
  public readonly usagePlanId?: pulumi.Output<string>;
  /** The API's URL at its custom domain, without a slash at its end; missing without `customDomain`. */
  public readonly domainUrl?: pulumi.Output<string>;
  /** The name that the custom domain's own must point to, in DNS; missing without `customDomain`. */
  public readonly domainTargetName?: pulumi.Output<string>;
  /** The Route 53 zone of `domainTargetName`, for an alias record; missing without `customDomain`. */
  public readonly domainTargetZoneId?: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What the gateway serves, and how.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument or the document is not allowed.
   */
  constructor(name: string, args: SecureGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:SecureGateway", name, {}, opts);
    const context = buildContext(name, args, this);
    const { restApi, deployment } = createRestApi(context);
    const accessLog = createAccessLog(context);
    const executionLog = createExecutionLog(context, restApi.id);
    const clientCertificateId = createClientCertificate(context);
    const accessLogArn = accessLog.logGroupArn;
    const stage = createStage(context, { restApi, deployment, accessLogArn, executionLog, clientCertificateId });
    const domain = createDomain(context, stage);
    createPermissions(context, restApi.executionArn);
    associateFirewall(context, stage);
    const usagePlan = createUsagePlan(context, stage);

    this.restApiId = restApi.id;
    this.stageName = stage.stageName;
    this.stageArn = stage.arn;
    this.executionArn = restApi.executionArn;
    this.url = stage.invokeUrl;
    this.accessLogGroupName = pulumi.output(accessLog.logGroupName);
    this.executionLogGroupName = executionLog.name;
    this.authorizerFunctionName = pulumi.output(context.settings.authorizer.functionName);
    this.usagePlanId = usagePlan?.id;
    this.domainUrl = domain?.url;
    this.domainTargetName = domain?.targetName;
    this.domainTargetZoneId = domain?.targetZoneId;
    this.registerOutputs({
      restApiId: this.restApiId,
      stageName: this.stageName,
      stageArn: this.stageArn,
      executionArn: this.executionArn,
      url: this.url,
      accessLogGroupName: this.accessLogGroupName,
      executionLogGroupName: this.executionLogGroupName,
      authorizerFunctionName: this.authorizerFunctionName,
      usagePlanId: this.usagePlanId,
      domainUrl: this.domainUrl,
      domainTargetName: this.domainTargetName,
      domainTargetZoneId: this.domainTargetZoneId,
    });
  }
}
