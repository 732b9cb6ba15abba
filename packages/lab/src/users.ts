import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { LabError } from "./errors.ts";

/** The people of the lab. */
export type UserName = "alice" | "bob" | "carol";

/** A person of the lab with the tokens that the stage's user pool gave her. */
export interface LabUser {
  readonly name: UserName;
  /** Absent for the administrator, who belongs to no partner. */
  readonly companyId?: string;
  /** Cognito groups: the role, and `company:<id>` for the company. */
  readonly groups: readonly string[];
  readonly username: string;
  readonly password: string;
  readonly accessToken: string;
  readonly idToken: string;
}

type Person = Omit<LabUser, "accessToken" | "idToken">;

/** Long enough for prod's pool (15 characters of four kinds) and known to nobody but this lab. */
const PASSWORD = "Lab-only-Passw0rd!-not-for-AWS";

const PEOPLE: readonly Person[] = [
  person("alice", ["partner", "company:acme"], "acme"),
  person("bob", ["partner", "company:globex"], "globex"),
  person("carol", ["admin"]),
];

function person(name: UserName, groups: string[], companyId?: string): Person {
  return { name, groups, username: `${name}@${companyId ?? "palisade"}.example`, password: PASSWORD, companyId };
}

/** The user pool of a stage, and the app client that takes a password from who may call AWS: the session's. */
export interface PoolIds {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** Creates the people and their groups in the stage's user pool; what exists already is kept. */
export async function createUsers(cognito: CognitoIdentityProviderClient, userPoolId: string): Promise<void> {
  const UserPoolId = userPoolId;
  const groups = new Set(PEOPLE.flatMap((person) => person.groups));
  for (const GroupName of groups) {
    await unlessItExists(cognito.send(new CreateGroupCommand({ UserPoolId, GroupName })));
  }
  await Promise.all(
    PEOPLE.map(async ({ username: Username, password: Password, groups: names }) => {
      const attributes = [
        { Name: "email", Value: Username },
        { Name: "email_verified", Value: "true" },
      ];
      await unlessItExists(
        cognito.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username,
            TemporaryPassword: Password,
            MessageAction: "SUPPRESS",
            UserAttributes: attributes,
          }),
        ),
      );
      await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
      for (const GroupName of names) {
        await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
      }
    }),
  );
}

/** Signs everybody in: fresh tokens, which no authorizer's cache knows yet. */
export async function signInAll(
  cognito: CognitoIdentityProviderClient,
  pool: PoolIds,
): Promise<Record<UserName, LabUser>> {
  const users = await Promise.all(PEOPLE.map((person) => signIn(cognito, pool, person)));
  return Object.fromEntries(users.map((user) => [user.name, user])) as Record<UserName, LabUser>;
}

async function signIn(cognito: CognitoIdentityProviderClient, pool: PoolIds, person: Person): Promise<LabUser> {
  const answer = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: pool.userPoolId,
      ClientId: pool.clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: person.username, PASSWORD: person.password },
    }),
  );
  const { AccessToken, IdToken } = answer.AuthenticationResult ?? {};
  if (!AccessToken || !IdToken) {
    throw new LabError(
      `${person.name} could not sign in to user pool ${pool.userPoolId}: Cognito asks for ${answer.ChallengeName ?? "nothing"}, ` +
        "and the lab's users answer no challenge.",
    );
  }
  return { ...person, accessToken: AccessToken, idToken: IdToken };
}

/**
 * A token of carol's that the pool itself signed and that has expired. AWS's shortest validity is five minutes; the emulator
 * accepts a second, so that the lab need not wait: the client is changed, carol signs in, and the client is changed back.
 */
export async function expiredToken(cognito: CognitoIdentityProviderClient, pool: PoolIds): Promise<string> {
  const of = { UserPoolId: pool.userPoolId, ClientId: pool.clientId };
  const { UserPoolClient: before } = await cognito.send(new DescribeUserPoolClientCommand(of));
  const units = { ...before?.TokenValidityUnits, AccessToken: "seconds" as const };
  const [, , carol] = PEOPLE as [Person, Person, Person];
  await cognito.send(
    new UpdateUserPoolClientCommand({ ...writable(before), ...of, AccessTokenValidity: 1, TokenValidityUnits: units }),
  );
  try {
    return (await signIn(cognito, pool, carol)).accessToken;
  } finally {
    await cognito.send(new UpdateUserPoolClientCommand({ ...writable(before), ...of }));
  }
}

/** UpdateUserPoolClient resets what it is not given, and refuses what only DescribeUserPoolClient knows. */
function writable(client: object | undefined): object {
  const { ClientSecret, CreationDate, LastModifiedDate, ...rest } = (client ?? {}) as Record<string, unknown>;
  return rest;
}

/** Lets a creation be repeated: the lab may attack a stage twice. */
async function unlessItExists(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name !== "UsernameExistsException" && name !== "GroupExistsException") throw error;
  }
}
