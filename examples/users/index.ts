import { RevocationTable, UserPool } from "@palisade/secure-gateway";

/** MFA, threat protection and rotating refresh tokens are on; a group is what an operation of the API asks for. */
const users = new UserPool("users", { groups: { staff: "Our own people", partner: "A partner company's people" } });

/** Rows for users and sign-ins whose tokens are refused before they end. */
const revocations = new RevocationTable("revocations");

export const issuer = users.issuer;
export const clientIds = users.clientIds;
export const revocationTable = revocations.tableName;
