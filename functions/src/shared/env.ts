/** The variables of a function's environment, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What one variable must be. */
export interface Variable {
  /** The whole value must match. By default anything but nothing. */
  pattern?: RegExp;
  /** The form in words, for the message, e.g. `a host name`. */
  form: string;
  /** What stands for a variable that is not set. By default there is none, and the variable is required. */
  fallback?: string;
}

/**
 * Reads and checks a function's environment at its cold start.
 *
 * @param functionName the function's name, for the message
 * @param environment usually `process.env`
 * @param variables what is read
 * @returns the value of each variable
 * @throws Error that names every variable that is missing or has another form, all at once. It repeats no value: one set under the
 *   wrong name may be a secret.
 */
export function readEnvironment<Name extends string>(
  functionName: string,
  environment: Environment,
  variables: Record<Name, Variable>,
): Record<Name, string> {
  const values = {} as Record<Name, string>;
  const faults: string[] = [];
  for (const [name, variable] of Object.entries(variables) as [Name, Variable][]) {
    const value = environment[name] || variable.fallback;
    if (value === undefined) faults.push(`${name} is not set; set it to ${variable.form}`);
    else if (variable.pattern && !variable.pattern.test(value)) faults.push(`${name} is not ${variable.form}`);
    else values[name] = value;
  }
  if (faults.length > 0) throw new Error(`${functionName}: environment: ${faults.join("; ")}`);
  return values;
}

/** The credentials and the region that Lambda gives to every function. */
export interface AwsEnvironment {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Where AWS's APIs answer, or `""` for AWS itself. */
  endpoint: string;
}

/** Reads the part of the environment that Lambda sets itself. */
export function readAwsEnvironment(functionName: string, environment: Environment): AwsEnvironment {
  const values = readEnvironment(functionName, environment, {
    AWS_REGION: { pattern: /^[a-z]{2,4}(-[a-z]+)+-\d$/, form: "a region, such as eu-west-1" },
    AWS_ACCESS_KEY_ID: { form: "the role's access key id" },
    AWS_SECRET_ACCESS_KEY: { form: "the role's secret access key" },
    AWS_SESSION_TOKEN: { form: "the role's session token", fallback: "-" },
    AWS_ENDPOINT_URL: { pattern: /^(-|https?:\/\/\S+)$/, form: "a URL", fallback: "-" },
  });
  const orNothing = (value: string) => (value === "-" ? "" : value);
  return {
    region: values.AWS_REGION,
    accessKeyId: values.AWS_ACCESS_KEY_ID,
    secretAccessKey: values.AWS_SECRET_ACCESS_KEY,
    sessionToken: orNothing(values.AWS_SESSION_TOKEN),
    endpoint: orNothing(values.AWS_ENDPOINT_URL),
  };
}
