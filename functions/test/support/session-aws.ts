import { type AwsCall, type AwsCaller, AwsError } from "../../src/shared/aws.ts";

type Row = Record<string, { S?: string; N?: string }>;

/** DynamoDB with one table, as far as sessions use it, and a Cognito that answers what a test says. */
export interface SessionAws {
  call: AwsCaller;
  /** Every call, in order. */
  calls: AwsCall[];
  rows: Map<string, Row>;
  /** What Cognito answers to an operation: a value, or an error to reject with. */
  answers: Record<string, Record<string, unknown> | Error>;
  /** The inputs of one of Cognito's operations. */
  asked(operation: string): Record<string, unknown>[];
}

/** A fake that keeps rows and checks the one condition that is used. */
export function sessionAws(answers: SessionAws["answers"] = {}): SessionAws {
  const rows = new Map<string, Row>();
  const calls: AwsCall[] = [];
  const dynamo: Record<string, (input: Record<string, unknown>) => Record<string, unknown>> = {
    PutItem: ({ Item, ConditionExpression }) => {
      const row = Item as Row;
      const id = row.id?.S ?? "";
      if (ConditionExpression === "attribute_not_exists(id)" && rows.has(id)) {
        throw new AwsError("PutItem", "ConditionalCheckFailedException");
      }
      rows.set(id, row);
      return {};
    },
    GetItem: ({ Key }) => {
      const row = rows.get((Key as Row).id?.S ?? "");
      return row ? { Item: row } : {};
    },
    DeleteItem: ({ Key }) => {
      const id = (Key as Row).id?.S ?? "";
      const row = rows.get(id);
      rows.delete(id);
      return row ? { Attributes: row } : {};
    },
  };
  const nameOf = ({ target }: AwsCall) => target.split(".")[1] ?? "";
  return {
    rows,
    calls,
    answers,
    asked: (operation) => calls.filter((call) => nameOf(call) === operation).map(({ input }) => input),
    call: async (call) => {
      calls.push(call);
      const operation = nameOf(call);
      const answer = answers[operation] ?? dynamo[operation]?.(call.input);
      if (answer === undefined) throw new Error(`the fake knows no ${operation}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

/** An access token with these claims and no signature. */
export function tokenWith(claims: Record<string, unknown>): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;
}

/** What Cognito answers when it gives tokens. */
export function tokensAnswer(accessToken: string, refreshToken: string): Record<string, unknown> {
  return { AuthenticationResult: { AccessToken: accessToken, ExpiresIn: 900, RefreshToken: refreshToken } };
}
