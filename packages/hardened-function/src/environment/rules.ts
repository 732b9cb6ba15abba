/** A pattern of values that are secrets by their form. */
export interface ValueRule {
  /** The id of the rule: gitleaks' own where it has the same one, so that a finding can be looked up. */
  id: string;
  /** What it finds, as in "it looks like ...". */
  finds: string;
  /** Matches anywhere in the value. */
  pattern: RegExp;
}

/**
 * What a secret scanner would report. Ids and token formats follow the rules of gitleaks
 * (https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml, MIT); the patterns are our own and, for a value that is
 * nothing but the token, simpler. `url-credentials` is TruffleHog's detector "URI"
 * (https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors/uri).
 *
 * The list is not everything that gitleaks knows: a token without a prefix of its own falls to the entropy rule and to the name.
 */
export const VALUE_RULES: readonly ValueRule[] = [
  {
    id: "aws-access-token",
    finds: "an AWS access key id",
    pattern: /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/,
  },
  { id: "private-key", finds: "a private key", pattern: /-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----/ },
  { id: "github-pat", finds: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/ },
  { id: "github-fine-grained-pat", finds: "a GitHub token", pattern: /\bgithub_pat_\w{82}/ },
  { id: "gitlab-pat", finds: "a GitLab token", pattern: /\bgl(?:pat|dt|rt|oas|ptt|ft|soat|cbt)-[\w-]{20,}/ },
  { id: "slack-bot-token", finds: "a Slack token", pattern: /\bxox[abeoprs]-(?:\d-)?[A-Za-z0-9-]{10,}/ },
  { id: "slack-app-token", finds: "a Slack token", pattern: /\bxapp-\d-[A-Za-z0-9]+-\d+-[A-Za-z0-9]+/ },
  {
    id: "slack-webhook-url",
    finds: "a Slack webhook",
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,}/,
  },
  { id: "stripe-access-token", finds: "a Stripe key", pattern: /\b(?:sk|rk)_(?:test|live|prod)_[A-Za-z0-9]{10,}/ },
  { id: "gcp-api-key", finds: "a Google API key", pattern: /\bAIza[\w-]{35}/ },
  { id: "gcp-oauth-client-secret", finds: "a Google OAuth client secret", pattern: /\bGOCSPX-[\w-]{28}/ },
  {
    id: "azure-ad-client-secret",
    finds: "an Azure client secret",
    pattern: /(?:^|[^\w~.])[\w~.]{3}\dQ~[\w~.-]{31,34}(?:$|[^\w~.-])/,
  },
  { id: "jwt", finds: "a JSON Web Token", pattern: /\bey[A-Za-z0-9_-]{15,}\.ey[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]*/ },
  { id: "npm-access-token", finds: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { id: "pypi-upload-token", finds: "a PyPI token", pattern: /\bpypi-AgE[\w-]{50,}/ },
  { id: "sendgrid-api-token", finds: "a SendGrid key", pattern: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/ },
  { id: "twilio-api-key", finds: "a Twilio key", pattern: /\bSK[0-9a-fA-F]{32}\b/ },
  {
    id: "openai-api-key",
    finds: "an OpenAI key",
    pattern: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/,
  },
  { id: "anthropic-api-key", finds: "an Anthropic key", pattern: /\bsk-ant-[a-z]+\d\d-[\w-]{80,}/ },
  { id: "hashicorp-tf-api-token", finds: "a Terraform Cloud token", pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/ },
  { id: "pulumi-api-token", finds: "a Pulumi token", pattern: /\bpul-[a-f0-9]{40}/ },
  { id: "vault-service-token", finds: "a Vault token", pattern: /\bhvs\.[\w-]{90,}/ },
  { id: "age-secret-key", finds: "an age key", pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/ },
  {
    id: "url-credentials",
    finds: "a URL with a password in it",
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i,
  },
];

/** Words that name a secret wherever they stand in a variable's name, also without a separator: `DBPASSWORD`. */
export const SECRET_PARTS: readonly string[] = [
  "password",
  "passwd",
  "passphrase",
  "secret",
  "credential",
  "apikey",
  "privatekey",
  "accesskey",
  "signingkey",
  "encryptionkey",
  "connectionstring",
];

/** Words that name a secret only as a whole word of a variable's name: `PWD` does, `PWDLESS` does not. */
export const SECRET_WORDS: readonly string[] = ["pwd", "pass", "token", "tokens", "dsn", "pat"];

/** Last words of a name that speaks about a secret but does not hold it: `TOKEN_TTL`, `PASSWORD_MIN_LENGTH`, `API_KEY_ID`. */
export const METADATA_WORDS: readonly string[] = [
  "name",
  "id",
  "ids",
  "ttl",
  "seconds",
  "minutes",
  "days",
  "length",
  "use",
  "table",
  "count",
  "header",
  "cookie",
  "issuer",
];

/** A value that is public by what its variable is and by its form, though it looks random. */
export interface PublicValue {
  /** What it is. */
  is: string;
  /** Last words of the variable's name. */
  words: readonly string[];
  /** The whole value. */
  pattern: RegExp;
}

/**
 * What the entropy rule leaves alone; the rules by name and by form still hold. One row is a claim about a service's public
 * identifiers, with the page that says so.
 */
export const PUBLIC_VALUES: readonly PublicValue[] = [
  {
    // A client sends it with each sign-in; what is secret is the client's secret, which has 52 characters.
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
    is: "the id of an app client of Cognito, or several",
    words: ["client_id", "client_ids"],
    pattern: /^[A-Za-z0-9]{26}(?:,[A-Za-z0-9]{26})*$/,
  },
];

/**
 * Names that Lambda reserves; a function that sets one is refused by AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/**
 * Entropy that prose, names and identifiers do not reach: bits a character, of a run of at least so many characters that mixes
 * both cases and at least two digits. A random base64 text of 24 characters has about 4.3.
 */
export const ENTROPY = { minimumLength: 24, minimumBits: 4.15, minimumDigits: 2 } as const;
/** The same for hexadecimal text, from 40 digits on, so that a UUID or an MD5 sum is no finding. */
export const HEX_ENTROPY = { minimumLength: 40, minimumBits: 3 } as const;
