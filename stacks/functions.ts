import type { NetworkPlacement, PolicyStatement } from "@palisade/core";
import type { HardenedDatabase, IdempotencyTable } from "@palisade/hardened-database";
import type { PolicyStore, RevocationTable, UserPool } from "@palisade/secure-gateway";
import type * as pulumi from "@pulumi/pulumi";
import type { StageConfig } from "./config.ts";
import type { Foundation } from "./foundation.ts";
import { loginUrl, redirectUri } from "./page.ts";
import type { StageData } from "./stages/stage.ts";

/** What the functions of a stage are made from. */
export interface FunctionContext {
  stage: StageData;
  config: StageConfig;
  foundation: Foundation;
  users: UserPool;
  /** Who may call which operation, and touch which order. */
  permissions: PolicyStore;
  /** Tokens that are refused before they end, used refresh tokens, and sign-ins that wait for a second step. */
  revocations: RevocationTable;
  database: HardenedDatabase;
  idempotency: IdempotencyTable;
  /** The table of the keys that saved carts are signed with: rows that expire, as idempotency keys are. */
  cartKeys: IdempotencyTable;
}

/** Who may change which functions: each function names one of them, and TeamAccess makes a role for each. */
export const TEAMS = ["catalog", "orders", "identity"] as const;

/** The name of a team. */
export type Team = (typeof TEAMS)[number];

/** Environment, rights and place of one function. */
export interface Needs {
  environment: Record<string, pulumi.Input<string>>;
  statements: PolicyStatement[];
  network?: NetworkPlacement;
}

type Endpoint = Parameters<HardenedDatabase["placement"]>[number];

/** What a function needs that asks the policies about an order, beside the further endpoints that it uses itself. */
function asking({ config, users, permissions, database }: FunctionContext, ...endpoints: Endpoint[]): Needs {
  if (config.allowUnaskedOrders !== undefined) {
    return { environment: { POLICY_STORE_ID: "none" }, statements: [], network: database.placement(...endpoints) };
  }
  return {
    environment: { POLICY_STORE_ID: permissions.policyStoreId, USER_POOL_ID: users.userPoolId },
    statements: [permissions.statement()],
    network: database.placement(...endpoints, "verifiedPermissions"),
  };
}

/** What one function of the example API serves and needs. The key is its folder in `functions/src`. */
export interface FunctionSpec {
  description: string;
  /** Whose function it is: the one team that may change its code and configuration. */
  team: Team;
  /** The operations of `functions/openapi.yaml` that it serves. */
  operations: string[];
  /** The database user that it connects as. Only a function that has one is placed in the isolated network. */
  databaseUser?: string;
  /** What it needs beside its database user: more variables and rights, and the network with more in reach. */
  more?: (context: FunctionContext) => Needs;
}

/** The functions behind the API's operations: the table of docs/architecture.md. The authorizer and the migrations serve none. */
export const FUNCTIONS: Record<string, FunctionSpec> = {
  catalog: {
    description: "Searches the listed products",
    team: "catalog",
    operations: ["searchProducts", "searchProductsOnPage"],
    databaseUser: "catalog",
  },
  orders: {
    description: "Places, reads and cancels orders of the caller's company",
    team: "orders",
    operations: ["placeOrder", "placeOrderOnPage", "getOrder", "cancelOrder"],
    databaseUser: "orders",
    more: (context) => {
      const { environment, statements, network } = asking(context, "dynamodb");
      return {
        environment: { ...environment, IDEMPOTENCY_TABLE: context.idempotency.tableName },
        statements: [...statements, context.idempotency.statement("GetItem", "PutItem", "DeleteItem")],
        network,
      };
    },
  },
  "order-import": {
    description: "Imports a partner's XML order feed",
    team: "orders",
    operations: ["importOrders"],
    databaseUser: "order_import",
  },
  receipt: {
    description: "Shows an order as an HTML receipt",
    team: "orders",
    operations: ["getReceipt"],
    databaseUser: "receipt",
    more: (context) => asking(context),
  },
  carts: {
    description: "Saves a cart as a signed text and restores it",
    team: "catalog",
    operations: ["saveCart", "restoreCart"],
    databaseUser: "carts",
    more: ({ database, cartKeys }) => ({
      environment: { CART_KEY_TABLE: cartKeys.tableName },
      statements: [cartKeys.statement("GetItem", "PutItem")],
      network: database.placement("dynamodb"),
    }),
  },
  partners: {
    description: "Tells a caller who it is",
    team: "identity",
    operations: ["getPartner", "getPartnerOnPage"],
  },
  admin: {
    description: "Lists every company's orders and changes their status",
    team: "orders",
    operations: ["listAllOrders", "setOrderStatus"],
    databaseUser: "admin_orders",
    more: (context) => asking(context),
  },
  session: {
    description: "Signs people in and out of the page",
    team: "identity",
    operations: ["signIn", "answerChallenge", "exchangeCode", "refreshSession", "signOut"],
    more: ({ users, revocations, config: { page } }) => ({
      environment: {
        USER_POOL_ID: users.userPoolId,
        CLIENT_ID: users.sessionClientId,
        REVOCATION_TABLE: revocations.tableName,
        ...(page && { LOGIN_URL: loginUrl(page, users), LOGIN_REDIRECT_URI: redirectUri(page) }),
      },
      statements: [
        {
          sid: "SignInAndOut",
          actions: [
            "cognito-idp:AdminInitiateAuth",
            "cognito-idp:AdminRespondToAuthChallenge",
            "cognito-idp:AdminUserGlobalSignOut",
          ],
          resources: [users.userPoolArn],
        },
        revocations.statement("GetItem", "PutItem", "DeleteItem"),
      ],
    }),
  },
};
