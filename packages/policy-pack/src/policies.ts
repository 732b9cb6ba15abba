import type { PolicyResource, Rule, Subject, Verdicts } from "./model.ts";
import { isNarrowed, readStatement, type Statement, statementsOf } from "./policy-document.ts";
import type { Reader } from "./reader.ts";

/** Resources that give permissions to identities, with the property that holds the document. */
export const IDENTITY_POLICIES: Record<string, string> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/role:Role": "inlinePolicies",
};

/** Attachments of managed policies, with the property that names the policy. */
const ATTACHMENTS: Record<string, string> = {
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
};

/**
 * Whether a policy is a permissions boundary and nothing else: it grants nothing, and is as wide as the widest of what it bounds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function isBoundary({ resource, stack }: Subject): boolean {
  if (resource.type !== "aws:iam/policy:Policy") return false;
  const bounds = ["aws:iam/role:Role", "aws:iam/user:User"].some(
    (type) => stack.referring(type, "permissionsBoundary", resource).length > 0,
  );
  return bounds && !Object.entries(ATTACHMENTS).some(([type, key]) => stack.referring(type, key, resource).length > 0);
}

/**
 * Looks at every Allow statement of an identity's policy; a role's inline policies are each a document. The rule reads the stack
 * (`stack: true`), which says whether a policy is a boundary.
 */
export function eachAllow(subject: Subject, verdicts: Verdicts, look: (statement: Statement) => void): void {
  if (isBoundary(subject)) {
    verdicts.notApplicable("it is a permissions boundary, which grants nothing");
    return;
  }
  const property = IDENTITY_POLICIES[subject.resource.type] as string;
  const given = subject.props.at(property);
  const documents = property === "policy" ? [given] : given.list().map((inline) => inline.at("policy"));
  verdicts.each(documents, (document) => eachStatement(document, verdicts, (each) => each.allows && look(each)));
}

/** Looks at every statement of a document; one that is not known does not hide the others. */
export function eachStatement(document: Reader, verdicts: Verdicts, look: (statement: Statement) => void): void {
  const statements = statementsOf(document).map((reader, position) => ({ reader, position }));
  verdicts.each(statements, ({ reader, position }) => look(readStatement(reader, position)));
}

/** The resource whose tags name the floors of a policy: its role for a role's policy, itself otherwise. */
export function ownerOf({ resource, stack }: Subject): PolicyResource {
  return stack.referred(resource, "role", ["aws:iam/role:Role"]) ?? resource;
}

/** The check of every rule about a resource's own policy: no statement lets everyone in. */
export function publicPolicyCheck(property: string, what: string): Rule["check"] {
  return ({ props }, verdicts) => {
    if (!props.at(property).present) return verdicts.notApplicable("it has no policy of its own");
    eachStatement(props.at(property), verdicts, (statement) => {
      if (statement.allows && statement.everyone && !isNarrowed(statement)) {
        verdicts.violation(
          `statement ${statement.label} lets everyone ${what}; name the principals or add a condition`,
          {
            key: statement.label,
          },
        );
      }
    });
  };
}
