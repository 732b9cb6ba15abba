import {
  CreateGroupCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
  DeleteGroupCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  SetUserPoolMfaConfigCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, pick } from "./values.ts";

interface UserPoolInputs extends Properties {
  name?: string;
  mfaConfiguration?: "OFF" | "ON" | "OPTIONAL";
  softwareTokenMfaConfiguration?: { enabled: boolean };
  schemas?: Properties[];
  tags?: Record<string, string>;
}

/** Properties that CreateUserPool and UpdateUserPool both have under the same name. */
const POOL = [
  "accountRecoverySetting",
  "adminCreateUserConfig",
  "autoVerifiedAttributes",
  "deletionProtection",
  "deviceConfiguration",
  "emailConfiguration",
  "emailVerificationMessage",
  "emailVerificationSubject",
  "smsAuthenticationMessage",
  "smsConfiguration",
  "userAttributeUpdateSettings",
  "userPoolAddOns",
  "userPoolTier",
  "verificationMessageTemplate",
] as const;

function poolSettings(inputs: UserPoolInputs): Omit<CreateUserPoolCommandInput, "PoolName"> {
  return {
    ...pascalCase(pick(inputs, POOL)),
    Policies: inputs.passwordPolicy ? { PasswordPolicy: pascalCase(inputs.passwordPolicy) } : undefined,
    LambdaConfig: pascalCase(inputs.lambdaConfig),
    // Turned on by SetUserPoolMfaConfig, after the factor that it needs exists, as the provider does.
    MfaConfiguration: undefined,
    UserPoolTags: inputs.tags,
  };
}

async function setMfa(userPoolId: string, inputs: UserPoolInputs, { clients }: HandlerContext): Promise<void> {
  await clients.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: userPoolId,
      MfaConfiguration: inputs.mfaConfiguration ?? "OFF",
      SoftwareTokenMfaConfiguration: inputs.softwareTokenMfaConfiguration && {
        Enabled: inputs.softwareTokenMfaConfiguration.enabled,
      },
    }),
  );
}

function poolOutputs(id: string, name: string, { partition, region, accountId }: HandlerContext): Properties {
  return {
    name,
    arn: `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${id}`,
    endpoint: `cognito-idp.${region}.amazonaws.com/${id}`,
  };
}

const userPool = handler<UserPoolInputs>({
  replaceOnChanges: ["aliasAttributes", "name", "schemas", "usernameAttributes", "usernameConfiguration"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(128);
    const { UserPool } = await ctx.clients.cognito.send(
      new CreateUserPoolCommand({
        ...poolSettings(inputs),
        PoolName: name,
        AliasAttributes: inputs.aliasAttributes as ["email"] | undefined,
        UsernameAttributes: inputs.usernameAttributes as ["email"] | undefined,
        UsernameConfiguration: pascalCase(inputs.usernameConfiguration),
        Schema: inputs.schemas?.map((schema) => pascalCase(schema)),
      }),
    );
    const id = UserPool?.Id as string;
    await setMfa(id, inputs, ctx);
    return { id, outputs: poolOutputs(id, name, ctx) };
  },
  async update(id, olds, news, ctx) {
    await ctx.clients.cognito.send(new UpdateUserPoolCommand({ ...poolSettings(news), UserPoolId: id }));
    await setMfa(id, news, ctx);
    return { id, outputs: poolOutputs(id, olds.name as string, ctx) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })));
  },
});

interface ClientInputs extends Properties {
  name?: string;
  userPoolId: string;
  generateSecret?: boolean;
}

const CLIENT = [
  "accessTokenValidity",
  "allowedOauthFlows",
  "allowedOauthFlowsUserPoolClient",
  "allowedOauthScopes",
  "authSessionValidity",
  "callbackUrls",
  "defaultRedirectUri",
  "enablePropagateAdditionalUserContextData",
  "enableTokenRevocation",
  "explicitAuthFlows",
  "idTokenValidity",
  "logoutUrls",
  "preventUserExistenceErrors",
  "readAttributes",
  "refreshTokenRotation",
  "refreshTokenValidity",
  "supportedIdentityProviders",
  "tokenValidityUnits",
  "writeAttributes",
] as const;

const CLIENT_SPELLING = {
  allowedOauthFlows: "AllowedOAuthFlows",
  allowedOauthFlowsUserPoolClient: "AllowedOAuthFlowsUserPoolClient",
  allowedOauthScopes: "AllowedOAuthScopes",
  callbackUrls: "CallbackURLs",
  defaultRedirectUri: "DefaultRedirectURI",
  logoutUrls: "LogoutURLs",
};

const userPoolClient = handler<ClientInputs>({
  replaceOnChanges: ["generateSecret", "userPoolId"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(128);
    const { UserPoolClient } = await clients.cognito.send(
      new CreateUserPoolClientCommand({
        ...pascalCase(pick(inputs, CLIENT), CLIENT_SPELLING),
        UserPoolId: inputs.userPoolId,
        ClientName: name,
        GenerateSecret: inputs.generateSecret,
      }),
    );
    return {
      id: UserPoolClient?.ClientId as string,
      outputs: { name, clientSecret: UserPoolClient?.ClientSecret ?? "" },
    };
  },
  async update(id, olds, news, { clients }) {
    await clients.cognito.send(
      new UpdateUserPoolClientCommand({
        ...pascalCase(pick(news, CLIENT), CLIENT_SPELLING),
        UserPoolId: news.userPoolId,
        ClientId: id,
        ClientName: (news.name ?? olds.name) as string,
      }),
    );
    return { id, outputs: { name: news.name ?? olds.name, clientSecret: olds.clientSecret } };
  },
  async delete(id, olds, { clients }) {
    const at = { ClientId: id, UserPoolId: olds.userPoolId as string };
    await ignoreMissing(clients.cognito.send(new DeleteUserPoolClientCommand(at)));
  },
});

interface GroupInputs {
  name?: string;
  userPoolId: string;
  description?: string;
  precedence?: number;
  roleArn?: string;
}

/** The emulator has no UpdateGroup, so every change replaces a group here, which takes its members' membership. */
const userGroup = handler<GroupInputs>({
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(128);
    await clients.cognito.send(
      new CreateGroupCommand({
        GroupName: name,
        UserPoolId: inputs.userPoolId,
        Description: inputs.description,
        Precedence: inputs.precedence,
        RoleArn: inputs.roleArn,
      }),
    );
    return { id: `${inputs.userPoolId}/${name}`, outputs: { name } };
  },
  async delete(_id, olds, { clients }) {
    const at = { GroupName: olds.name as string, UserPoolId: olds.userPoolId as string };
    await ignoreMissing(clients.cognito.send(new DeleteGroupCommand(at)));
  },
});

interface ResourceServerInputs {
  identifier: string;
  name?: string;
  userPoolId: string;
  scopes?: { scopeName: string; scopeDescription: string }[];
}

function server(inputs: ResourceServerInputs, name: string) {
  const Scopes = inputs.scopes?.map((scope) => pascalCase(scope));
  return { Identifier: inputs.identifier, Name: name, UserPoolId: inputs.userPoolId, Scopes };
}

function scopeIdentifiers({ identifier, scopes = [] }: ResourceServerInputs): string[] {
  return scopes.map(({ scopeName }) => `${identifier}/${scopeName}`);
}

const resourceServer = handler<ResourceServerInputs>({
  replaceOnChanges: ["identifier", "userPoolId"],
  async create(inputs, { clients, physicalName }) {
    const name = inputs.name ?? physicalName(256);
    await clients.cognito.send(new CreateResourceServerCommand(server(inputs, name)));
    return {
      id: `${inputs.userPoolId}|${inputs.identifier}`,
      outputs: { name, scopeIdentifiers: scopeIdentifiers(inputs) },
    };
  },
  async update(id, olds, news, { clients }) {
    const name = news.name ?? (olds.name as string);
    await clients.cognito.send(new UpdateResourceServerCommand(server(news, name)));
    return { id, outputs: { name, scopeIdentifiers: scopeIdentifiers(news) } };
  },
  async delete(_id, olds, { clients }) {
    const at = { Identifier: olds.identifier as string, UserPoolId: olds.userPoolId as string };
    await ignoreMissing(clients.cognito.send(new DeleteResourceServerCommand(at)));
  },
});

const userPoolDomain = handler<{ domain: string; userPoolId: string; managedLoginVersion?: number }>({
  replaceOnChanges: ["domain", "userPoolId"],
  async create({ domain, userPoolId, managedLoginVersion }, { clients }) {
    const input = { Domain: domain, UserPoolId: userPoolId, ManagedLoginVersion: managedLoginVersion };
    await clients.cognito.send(new CreateUserPoolDomainCommand(input));
    return { id: domain, outputs: {} };
  },
  async delete(id, olds, { clients }) {
    const at = { Domain: id, UserPoolId: olds.userPoolId as string };
    await ignoreMissing(clients.cognito.send(new DeleteUserPoolDomainCommand(at)));
  },
});

/** Cognito user pools: passwords, groups, tokens and their revocation behave. Threat protection is stored only; refresh tokens rotate by
 * `emulator/refresh_rotation.py`. */
export const cognito: ServiceHandlers = {
  types: {
    "aws:cognito/userPool:UserPool": userPool,
    "aws:cognito/userPoolClient:UserPoolClient": userPoolClient,
    "aws:cognito/userGroup:UserGroup": userGroup,
    "aws:cognito/resourceServer:ResourceServer": resourceServer,
    "aws:cognito/userPoolDomain:UserPoolDomain": userPoolDomain,
  },
};
