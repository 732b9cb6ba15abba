import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { MfaMode, ThreatProtection } from "./args.ts";
import type { UserPoolSettings } from "./validate.ts";

/**
 * What threat protection does with what it finds: without this, Cognito rates a sign-in and lets it pass. A password that is known to be
 * stolen is refused, and so is a sign-in of high risk; one of medium risk takes the second factor. Where it is optional, who has none passes
 * at medium risk: machines have none
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-adaptive-authentication.html).
 */
export function createRiskConfiguration(
  name: string,
  userPoolId: pulumi.Input<string>,
  { mfa, threatProtection }: UserPoolSettings,
  opts: { parent: pulumi.Resource },
): void {
  if (threatProtection !== ThreatProtection.Enforced) return;
  // Telling the user by e-mail takes a verified address of SES.
  const action = (eventAction: string) => ({ eventAction, notify: false });
  new aws.cognito.RiskConfiguration(
    childName(name, "risk"),
    {
      userPoolId,
      accountTakeoverRiskConfiguration: {
        actions: {
          highAction: action("BLOCK"),
          mediumAction: action(mfa === MfaMode.On ? "MFA_REQUIRED" : "MFA_IF_CONFIGURED"),
          lowAction: action("NO_ACTION"),
        },
      },
      compromisedCredentialsRiskConfiguration: {
        actions: { eventAction: "BLOCK" },
        eventFilters: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
      },
    },
    opts,
  );
}
