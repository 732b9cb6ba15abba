import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { createUsers, expiredToken, signInAll } from "../src/users.ts";

interface Sent {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** A Cognito that keeps what it is sent. */
function fakeCognito(answer: (sent: Sent) => unknown = () => ({})) {
  const sent: Sent[] = [];
  const client = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const one = { name: command.constructor.name, input: command.input };
      sent.push(one);
      const result = answer(one);
      if (result instanceof Error) throw result;
      return result;
    },
  };
  return { sent, client: client as unknown as CognitoIdentityProviderClient };
}

const pool = { userPoolId: "us-east-1_Pool", clientId: "client1" };
const named = (name: string) => Object.assign(new Error(name), { name });
const tokens = { AuthenticationResult: { AccessToken: "access", IdToken: "id" } };

describe("the lab's users", () => {
  it("are three, with their groups, and passwords that prod's policy takes", async () => {
    const { sent, client } = fakeCognito();
    await createUsers(client, pool.userPoolId);
    const groups = sent.filter(({ name }) => name === "CreateGroupCommand").map(({ input }) => input.GroupName);
    expect(groups).toEqual(["partner", "company:acme", "company:globex", "admin"]);
    const members = sent
      .filter(({ name }) => name === "AdminAddUserToGroupCommand")
      .map(({ input }) => `${input.Username} ${input.GroupName}`);
    expect(members.sort()).toEqual([
      "alice@acme.example company:acme",
      "alice@acme.example partner",
      "bob@globex.example company:globex",
      "bob@globex.example partner",
      "carol@palisade.example admin",
    ]);
    const passwords = sent.filter(({ name }) => name === "AdminSetUserPasswordCommand").map(({ input }) => input);
    expect(passwords.length).toBe(3);
    for (const { Password, Permanent } of passwords) {
      expect(Permanent).toBe(true);
      expect(Password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@]).{15,}$/);
    }
  });

  it("may exist already", async () => {
    const { client } = fakeCognito(({ name }) => {
      if (name === "AdminCreateUserCommand") return named("UsernameExistsException");
      return name === "CreateGroupCommand" ? named("GroupExistsException") : {};
    });
    await expect(createUsers(client, pool.userPoolId)).resolves.toBeUndefined();
  });

  it("are not created where Cognito refuses", async () => {
    const { client } = fakeCognito(() => named("NotAuthorizedException"));
    await expect(createUsers(client, pool.userPoolId)).rejects.toThrow("NotAuthorizedException");
    const odd = fakeCognito();
    odd.client.send = (() => Promise.reject("no error object")) as never;
    await expect(createUsers(odd.client, pool.userPoolId)).rejects.toBe("no error object");
  });

  it("sign in for tokens", async () => {
    const { sent, client } = fakeCognito(() => tokens);
    const users = await signInAll(client, pool);
    expect(Object.keys(users)).toEqual(["alice", "bob", "carol"]);
    expect(users.alice).toMatchObject({ companyId: "acme", accessToken: "access", idToken: "id" });
    expect(users.carol.companyId).toBeUndefined();
    expect(sent[0]).toMatchObject({
      name: "AdminInitiateAuthCommand",
      input: { UserPoolId: "us-east-1_Pool", ClientId: "client1", AuthFlow: "ADMIN_USER_PASSWORD_AUTH" },
    });
  });

  it.each([
    [{ ChallengeName: "SOFTWARE_TOKEN_MFA" }, "SOFTWARE_TOKEN_MFA"],
    [{}, "nothing"],
  ])("say what Cognito asks for when %j is all they get", async (result, asked) => {
    const { client } = fakeCognito(() => result);
    await expect(signInAll(client, pool)).rejects.toThrow(
      `alice could not sign in to user pool us-east-1_Pool: Cognito asks for ${asked}, and the lab's users answer no challenge.`,
    );
  });
});

describe("an expired token", () => {
  const before = {
    ClientName: "session",
    ClientId: "client1",
    ClientSecret: "s",
    CreationDate: 1,
    LastModifiedDate: 2,
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes" },
  };
  const answering = ({ name }: Sent) =>
    name === "DescribeUserPoolClientCommand" ? { UserPoolClient: before } : tokens;

  it("comes from the pool itself, whose client is as before afterwards", async () => {
    const { sent, client } = fakeCognito(answering);
    expect(await expiredToken(client, pool)).toBe("access");
    const updates = sent.filter(({ name }) => name === "UpdateUserPoolClientCommand").map(({ input }) => input);
    expect(updates[0]).toMatchObject({
      AccessTokenValidity: 1,
      TokenValidityUnits: { AccessToken: "seconds", IdToken: "minutes" },
    });
    expect(updates[1]).toEqual({
      ClientName: "session",
      ClientId: "client1",
      UserPoolId: "us-east-1_Pool",
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes" },
    });
  });

  it("leaves the client as it was when the sign-in fails", async () => {
    const { sent, client } = fakeCognito((one) =>
      one.name === "AdminInitiateAuthCommand" ? named("NotAuthorizedException") : answering(one),
    );
    await expect(expiredToken(client, pool)).rejects.toThrow("NotAuthorizedException");
    expect(sent.at(-1)).toMatchObject({ name: "UpdateUserPoolClientCommand", input: { AccessTokenValidity: 15 } });
  });

  it("needs no description to go on", async () => {
    const { client } = fakeCognito(({ name }) => (name === "DescribeUserPoolClientCommand" ? {} : tokens));
    expect(await expiredToken(client, pool)).toBe("access");
  });
});
