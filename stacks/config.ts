import * as pulumi from "@pulumi/pulumi";

/** The configuration of a stage, `palisade:<key>` in `Pulumi.<stage>.yaml`. */
export interface StageConfig {
  /**
   * Whose certificate the database's may be signed by, for the functions: `rds` for the trust store of RDS, or certificates in
   * PEM. The sandbox sets the certificate of its own database server. Default: `rds`.
   */
  databaseCa: string;
  /**
   * Where the keys that sign tokens are, as a URL. The sandbox sets its emulator's, whose tokens name the real issuer. Default:
   * none, the authorizer asks the issuer.
   */
  jwksUri?: string;
  /**
   * Whether migrations run on deploy, with their function and the endpoint that it needs (docs/decisions/0001). Off, nothing of
   * them costs or can read the master user's secret; the tables stay as they are. Default: true.
   */
  migrations: boolean;
  /**
   * Addresses and ranges that the firewall refuses, IPv4 in CIDR notation, as they become known to attack. Default: none, and no rule.
   */
  deniedAddresses: string[];
}

/** Reads the configuration of the stage that is deployed. */
export function stageConfig(): StageConfig {
  const config = new pulumi.Config("palisade");
  return {
    databaseCa: config.get("databaseCa") ?? "rds",
    jwksUri: config.get("jwksUri"),
    migrations: config.getBoolean("migrations") ?? true,
    deniedAddresses: config.getObject<string[]>("deniedAddresses") ?? [],
  };
}
