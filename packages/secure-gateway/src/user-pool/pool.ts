import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { MfaMode, ThreatProtection } from "./args.ts";
import { FIXED } from "./defaults.ts";
import type { UserPoolSettings } from "./validate.ts";

/** The pool: strong passwords, no sign-up, protected from deletion. */
export function createPool(
  name: string,
  settings: UserPoolSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): aws.cognito.UserPool {
  const guarded = settings.threatProtection !== ThreatProtection.Off;
  return new aws.cognito.UserPool(
    childName(name, "pool"),
    {
      // Threat protection is a feature of the plan Plus; https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
      userPoolTier: guarded ? "PLUS" : "ESSENTIALS",
      userPoolAddOns: { advancedSecurityMode: settings.threatProtection },
      adminCreateUserConfig: { allowAdminCreateUserOnly: FIXED.adminCreateUserOnly },
      passwordPolicy: {
        minimumLength: settings.passwordMinimumLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: FIXED.temporaryPasswordValidityDays,
        passwordHistorySize: guarded ? FIXED.passwordHistorySize : undefined,
      },
      mfaConfiguration: settings.mfa,
      // An authenticator app, not SMS: a number can be taken over, and SMS needs a role and money.
      softwareTokenMfaConfiguration: settings.mfa === MfaMode.Off ? undefined : { enabled: true },
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      // A changed address counts only once its owner has confirmed it: else it could be used to take an account over.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      deletionProtection: settings.deletable ? "INACTIVE" : "ACTIVE",
      tags,
    },
    opts,
  );
}
