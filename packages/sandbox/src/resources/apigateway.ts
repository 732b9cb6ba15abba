import { basePathMapping, domainName } from "./apigateway/domain.ts";
import {
  authorizer,
  gatewayResponse,
  integration,
  method,
  model,
  requestValidator,
  resource,
} from "./apigateway/parts.ts";
import { restApi } from "./apigateway/rest-api.ts";
import { deployment, methodSettings, stage } from "./apigateway/stage.ts";
import { account, apiKey, usagePlan, usagePlanKey } from "./apigateway/usage.ts";
import type { ServiceHandlers } from "./handler.ts";

/** API Gateway REST APIs, as a document (`body`) or part by part. */
export const apigateway: ServiceHandlers = {
  types: {
    "aws:apigateway/restApi:RestApi": restApi,
    "aws:apigateway/deployment:Deployment": deployment,
    "aws:apigateway/stage:Stage": stage,
    "aws:apigateway/methodSettings:MethodSettings": methodSettings,
    "aws:apigateway/domainName:DomainName": domainName,
    "aws:apigateway/basePathMapping:BasePathMapping": basePathMapping,
    "aws:apigateway/usagePlan:UsagePlan": usagePlan,
    "aws:apigateway/apiKey:ApiKey": apiKey,
    "aws:apigateway/usagePlanKey:UsagePlanKey": usagePlanKey,
    "aws:apigateway/account:Account": account,
    "aws:apigateway/resource:Resource": resource,
    "aws:apigateway/method:Method": method,
    "aws:apigateway/integration:Integration": integration,
    "aws:apigateway/authorizer:Authorizer": authorizer,
    "aws:apigateway/model:Model": model,
    "aws:apigateway/requestValidator:RequestValidator": requestValidator,
    "aws:apigateway/response:Response": gatewayResponse,
  },
};
