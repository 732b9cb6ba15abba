import { AccountSecurity, AuditTrail } from "@palisade/threat-detection";

/** CloudTrail in every region: locked, encrypted, validated, with the CIS benchmark's alarms. */
const trail = new AuditTrail("audit");

/** The analyzer of external access, which is free; Security Hub, Config, Inspector and Macie are switches of it. */
new AccountSecurity("security");

export const trailArn = trail.trailArn;
export const bucketName = trail.bucketName;
