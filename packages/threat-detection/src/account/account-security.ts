import { childName, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../place.ts";
import { createAccessAnalyzer } from "./access-analyzer.ts";
import type { AccountSecurityArgs } from "./args.ts";
import { createConfigRecorder } from "./config-recorder.ts";
import { createInspector } from "./inspector.ts";
import { createMacie } from "./macie.ts";
import { type AccountScope, regionScopes } from "./scope.ts";
import { createSecurityHub } from "./security-hub.ts";
import { validateAccount } from "./settings.ts";

/**
 * What watches an account as a whole, each a switch with its price: IAM Access Analyzer, Security Hub, Config's recorder, Inspector, Macie. It
 * belongs into a stack of the account: there is one of each in an account and region. What is made is protected, and stays when the stack is
 * destroyed; what is there already is adopted and not changed.
 */
export class AccountSecurity extends pulumi.ComponentResource {
  /** The ARN of the analyzer of external access, made or adopted. */
  public readonly externalAnalyzerArn: pulumi.Output<string>;
  /** The ARN of the hub, made or adopted. Undefined when Security Hub is off. */
  public readonly securityHubArn?: pulumi.Output<string>;
  /** The name of the bucket of Config's record. Undefined when the recorder is off or adopted. */
  public readonly configBucketName?: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args What is on. Without any there is the free analyzer alone.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: AccountSecurityArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:AccountSecurity", name, {}, opts);
    validateAccount(name, args);
    const child = { parent: this };
    const place = placeOf(child);
    const scope: AccountScope = {
      name,
      place,
      regions: regionScopes(name, place.region, args.regions ?? []),
      delegatedAdministrator: args.delegatedAdministrator,
      tags: resourceTags({ component: "AccountSecurity", name, teamTags: args.teamTags }),
      child,
      kept: { ...child, protect: true, retainOnDelete: true },
    };

    this.externalAnalyzerArn = createAccessAnalyzer(scope, args.accessAnalyzer ?? {});
    if (args.configRecorder !== undefined) this.configBucketName = createConfigRecorder(scope, args.configRecorder);
    if (args.securityHub !== undefined) this.securityHubArn = createSecurityHub(scope, args.securityHub);
    if (args.inspector !== undefined) createInspector(scope, args.inspector);
    if (args.macie !== undefined) createMacie(scope, args.macie);
    delegateByOrganizations(scope, args);

    this.registerOutputs({
      externalAnalyzerArn: this.externalAnalyzerArn,
      securityHubArn: this.securityHubArn,
      configBucketName: this.configBucketName,
    });
  }
}

/** Access Analyzer and Config have no delegation of their own: AWS Organizations keeps it, once for all regions. */
function delegateByOrganizations(
  { name, delegatedAdministrator, kept }: AccountScope,
  { configRecorder }: AccountSecurityArgs,
): void {
  if (delegatedAdministrator === undefined) return;
  for (const service of ["access-analyzer", ...(configRecorder === undefined ? [] : ["config"])]) {
    new aws.organizations.DelegatedAdministrator(
      childName(name, `${service}-administrator`),
      { accountId: delegatedAdministrator, servicePrincipal: `${service}.amazonaws.com` },
      kept,
    );
  }
}
