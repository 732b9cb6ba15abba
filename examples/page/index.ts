import { join } from "node:path";
import { EdgeFirewall, FirewallScope } from "@palisade/edge-firewall";
import { WebFrontend } from "@palisade/web-frontend";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const firewall = new EdgeFirewall("edge", {
  scope: FirewallScope.CloudFront,
  originSecret: { value: config.requireSecret("originSecret") },
});

const page = new WebFrontend("page", {
  folder: join(import.meta.dirname, "site"),
  domain: { name: config.require("host"), certificateArn: config.require("certificateArn") },
  webAclArn: firewall.webAclArn,
});

/** Where the DNS record of the host must point. */
export const target = page.distributionDomainName;
export const url = page.url;
