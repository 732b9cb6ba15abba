import { type ApiEvent, header } from "../shared/api.ts";

/** What Cognito's threat protection judges a sign-in by, as `ContextData` of AdminInitiateAuth. */
export interface ContextData {
  IpAddress: string;
  ServerName: string;
  ServerPath: string;
  HttpHeaders: { headerName: string; headerValue: string }[];
  EncodedData?: string;
}

// What tells one browser from another. Cookies and tokens are none of it: Cognito keeps it in its log of sign-ins.
const HEADERS = ["user-agent", "accept", "accept-language", "accept-encoding"];
/** Where a page puts what Cognito's script for threat protection (amazon-cognito-advanced-security-data) says of the device. */
const DEVICE_HEADER = "x-device-data";
const MAX_LENGTH = 4096;

/**
 * What is known of who signs in. Without it threat protection has nothing to tell a thief from the user by: an administrator's call has no
 * address of its own (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-viewing-threat-protection-app.html).
 *
 * The address is the one that API Gateway saw. `X-Forwarded-For` is not read: whoever calls the API directly writes it.
 *
 * @returns undefined where the event has no address, which Cognito asks for
 */
export function contextDataOf(event: ApiEvent): ContextData | undefined {
  const { identity, domainName, path } = event.requestContext;
  const address = identity?.sourceIp;
  if (!address) return undefined;
  const device = header(event, DEVICE_HEADER);
  return {
    IpAddress: address,
    ServerName: domainName ?? "",
    ServerPath: path ?? event.resource,
    HttpHeaders: HEADERS.flatMap((headerName) => {
      const headerValue = header(event, headerName);
      return headerValue === undefined ? [] : [{ headerName, headerValue: headerValue.slice(0, MAX_LENGTH) }];
    }),
    ...(device !== undefined && device.length <= MAX_LENGTH && { EncodedData: device }),
  };
}
