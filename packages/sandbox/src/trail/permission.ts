interface Statement {
  Effect?: string;
  Principal?: { Service?: string | string[]; AWS?: string | string[] } | string;
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What CloudTrail asks S3 with. */
export interface DeliveryContext {
  trailArn: string;
  accountId: string;
}

/**
 * Whether a bucket's policy lets CloudTrail write an object, as CreateTrail asks
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html). The emulator evaluates bucket policies
 * for callers with credentials, not for services; this knows what policies for CloudTrail say and takes a condition that it does not know
 * for one that is not met.
 */
export function mayDeliver(policy: string | undefined, objectArn: string, context: DeliveryContext): boolean {
  if (policy === undefined) return false;
  const statements = arrayOf((JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement);
  const applying = statements.filter(
    (statement) => concernsService(statement) && acts(statement) && aims(statement, objectArn),
  );
  const met = (statement: Statement) => conditionsMet(statement.Condition ?? {}, context);
  if (applying.some((statement) => statement.Effect === "Deny" && met(statement))) return false;
  return applying.some((statement) => statement.Effect === "Allow" && met(statement));
}

function concernsService({ Principal }: Statement): boolean {
  if (Principal === "*") return true;
  if (Principal === undefined || typeof Principal === "string") return false;
  return arrayOf(Principal.Service).includes("cloudtrail.amazonaws.com") || arrayOf(Principal.AWS).includes("*");
}

function acts({ Action }: Statement): boolean {
  return arrayOf(Action).some((action) => textMatches(action, "s3:PutObject"));
}

function aims({ Resource }: Statement, objectArn: string): boolean {
  return arrayOf(Resource).some((resource) => textMatches(resource, objectArn));
}

function conditionsMet(conditions: NonNullable<Statement["Condition"]>, context: DeliveryContext): boolean {
  const known: Record<string, string> = {
    "aws:sourcearn": context.trailArn,
    "aws:sourceaccount": context.accountId,
    "s3:x-amz-acl": "bucket-owner-full-control",
    "aws:securetransport": "true",
  };
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = known[key.toLowerCase()];
      if (value === undefined) return false;
      if (/^(StringEquals|Bool)$/.test(operator)) return arrayOf(wanted).map(String).includes(value);
      if (/^(StringLike|ArnLike|ArnEquals)$/.test(operator))
        return arrayOf(wanted).some((text) => textMatches(text, value));
      return false;
    }),
  );
}

/** A value that a policy gives as one or as a list of several. */
function arrayOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether a text fits a pattern of a policy: `*` is any text, `?` any character. */
function textMatches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
