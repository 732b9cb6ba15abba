import type { Attack } from "../attack.ts";
import { apiKeyInsteadOfToken } from "./api-key-instead-of-token.ts";
import { authorizerCacheConfusion } from "./authorizer-cache-confusion.ts";
import { blockedAddress } from "./blocked-address.ts";
import { blockedCountry } from "./blocked-country.ts";
import { bodyBeyondInspection } from "./body-beyond-inspection.ts";
import { cacheCrossUserRead } from "./cache-cross-user-read.ts";
import { cachePoisoning } from "./cache-poisoning.ts";
import { cachedPolicyOtherRoute } from "./cached-policy-other-route.ts";
import { changedGroupClaim } from "./changed-group-claim.ts";
import { clickjacking } from "./clickjacking.ts";
import { credentialStuffing } from "./credential-stuffing.ts";
import { crossOriginRead } from "./cross-origin-read.ts";
import { csrfOrder } from "./csrf-order.ts";
import { csrfSibling } from "./csrf-sibling.ts";
import { databaseTokenExpired } from "./database-token-expired.ts";
import { databaseTokenOtherRole } from "./database-token-other-role.ts";
import { defaultEndpoint } from "./default-endpoint.ts";
import { floodOneAddress } from "./flood-one-address.ts";
import { floodUnknownKeys } from "./flood-unknown-keys.ts";
import { foreignApi } from "./foreign-api.ts";
import { foreignCart } from "./foreign-cart.ts";
import { forgedTokenAlgNone } from "./forged-token-alg-none.ts";
import { forgedTokenExpired } from "./forged-token-expired.ts";
import { forgedTokenHs256PublicKey } from "./forged-token-hs256-public-key.ts";
import { forgedTokenOtherIssuer } from "./forged-token-other-issuer.ts";
import { forgedTokenUnknownKid } from "./forged-token-unknown-kid.ts";
import { functionLevelAuthorization } from "./function-level-authorization.ts";
import { idTokenForAccessToken } from "./id-token-for-access-token.ts";
import { keySetDown } from "./key-set-down.ts";
import { keySetSlow } from "./key-set-slow.ts";
import { malformedPayload } from "./malformed-payload.ts";
import { massAssignment } from "./mass-assignment.ts";
import { noToken } from "./no-token.ts";
import { otherCompanyOrderCancel } from "./other-company-order-cancel.ts";
import { otherCompanyOrderGet } from "./other-company-order-get.ts";
import { otherCompanyOrderReceipt } from "./other-company-order-receipt.ts";
import { otherCompanyOrderStatus } from "./other-company-order-status.ts";
import { otherTeamCode } from "./other-team-code.ts";
import { overPrivilegedRole } from "./over-privileged-role.ts";
import { oversizedPayload } from "./oversized-payload.ts";
import { pathTraversalSource } from "./path-traversal-source.ts";
import { prototypePollution } from "./prototype-pollution.ts";
import { refreshTokenReuse } from "./refresh-token-reuse.ts";
import { retaggedFunction } from "./retagged-function.ts";
import { revokedToken } from "./revoked-token.ts";
import { sessionFixation } from "./session-fixation.ts";
import { sessionTheft } from "./session-theft.ts";
import { signedOutToken } from "./signed-out-token.ts";
import { spoofedForwardedFor } from "./spoofed-forwarded-for.ts";
import { sqliBody } from "./sqli-body.ts";
import { sqliBoolean } from "./sqli-boolean.ts";
import { sqliCookie } from "./sqli-cookie.ts";
import { sqliDoubleEncoded } from "./sqli-double-encoded.ts";
import { sqliHeader } from "./sqli-header.ts";
import { sqliStacked } from "./sqli-stacked.ts";
import { sqliUnion } from "./sqli-union.ts";
import { tamperedCart } from "./tampered-cart.ts";
import { unsafeDeserializationRce } from "./unsafe-deserialization-rce.ts";
import { unsignedCode } from "./unsigned-code.ts";
import { verboseError } from "./verbose-error.ts";
import { xmlEntityExpansion } from "./xml-entity-expansion.ts";
import { xssCookie } from "./xss-cookie.ts";
import { xssEncoded } from "./xss-encoded.ts";
import { xssHeader } from "./xss-header.ts";
import { xssReflected } from "./xss-reflected.ts";
import { xssStored } from "./xss-stored.ts";
import { xxeExternalEntity } from "./xxe-external-entity.ts";
import { xxeSsrf } from "./xxe-ssrf.ts";

/** Every attack, in alphabetical order of the ids. */
export const ATTACKS: readonly Attack[] = [
  apiKeyInsteadOfToken,
  authorizerCacheConfusion,
  blockedAddress,
  blockedCountry,
  bodyBeyondInspection,
  cacheCrossUserRead,
  cachePoisoning,
  cachedPolicyOtherRoute,
  changedGroupClaim,
  clickjacking,
  credentialStuffing,
  crossOriginRead,
  csrfOrder,
  csrfSibling,
  databaseTokenExpired,
  databaseTokenOtherRole,
  defaultEndpoint,
  floodOneAddress,
  floodUnknownKeys,
  foreignApi,
  foreignCart,
  forgedTokenAlgNone,
  forgedTokenExpired,
  forgedTokenHs256PublicKey,
  forgedTokenOtherIssuer,
  forgedTokenUnknownKid,
  functionLevelAuthorization,
  idTokenForAccessToken,
  keySetDown,
  keySetSlow,
  malformedPayload,
  massAssignment,
  noToken,
  otherCompanyOrderCancel,
  otherCompanyOrderGet,
  otherCompanyOrderReceipt,
  otherCompanyOrderStatus,
  otherTeamCode,
  overPrivilegedRole,
  oversizedPayload,
  pathTraversalSource,
  prototypePollution,
  refreshTokenReuse,
  retaggedFunction,
  revokedToken,
  sessionFixation,
  sessionTheft,
  signedOutToken,
  spoofedForwardedFor,
  sqliBody,
  sqliBoolean,
  sqliCookie,
  sqliDoubleEncoded,
  sqliHeader,
  sqliStacked,
  sqliUnion,
  tamperedCart,
  unsafeDeserializationRce,
  unsignedCode,
  verboseError,
  xmlEntityExpansion,
  xssCookie,
  xssEncoded,
  xssHeader,
  xssReflected,
  xssStored,
  xxeExternalEntity,
  xxeSsrf,
];
