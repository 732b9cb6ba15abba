/**
 * Ends a role's sessions, as the console of IAM does: an inline policy denies everything to credentials that were given out before now.
 * Who may assume the role gets new ones; a function gets them with its next environment.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
import { AwsError } from "../../shared/aws.ts";
import type { AwsQueryCaller } from "../../shared/aws-query.ts";
import { Declined, type Measure } from "./measure.ts";

const POLICY_NAME = "AWSRevokeOlderSessions";
const NONE = "";

/** The policy as the console writes it. */
export function revocation(at: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": at } },
      },
    ],
  });
}

export function createSessionRevocation(call: AwsQueryCaller): Measure {
  const ask = (action: string, roleName: string, input: Record<string, string> = {}) =>
    call({
      service: "iam",
      action,
      version: "2010-05-08",
      input: { RoleName: roleName, PolicyName: POLICY_NAME, ...input },
    });
  const put = (roleName: string, document: string) => ask("PutRolePolicy", roleName, { PolicyDocument: document });
  const read = async (roleName: string): Promise<string> => {
    try {
      return documentOf(await ask("GetRolePolicy", roleName));
    } catch (error) {
      if (error instanceof AwsError && error.code === "NoSuchEntity") return NONE;
      throw error;
    }
  };
  return {
    look: read,
    async apply(roleName, at) {
      try {
        await put(roleName, revocation(at));
      } catch (error) {
        if (error instanceof AwsError && error.code === "NoSuchEntity") throw new Declined("it is gone");
        throw error;
      }
    },
    async undo(roleName, earlier, at) {
      // Who revoked the sessions once more, by hand, did so for a reason of their own.
      if (!(await read(roleName)).includes(at)) return false;
      if (earlier === NONE) await ask("DeleteRolePolicy", roleName);
      else await put(roleName, earlier);
      return true;
    },
  };
}

/** IAM answers a document encoded as in a URL, in XML. */
function documentOf(answer: string): string {
  const found = /<PolicyDocument>([^<]*)<\/PolicyDocument>/.exec(answer)?.[1] ?? "";
  return decodeURIComponent(found);
}
