/** What `aws.rds.Cluster` asks of the database server's part (`../database/index.ts`). */
export interface DatabaseRequest {
  /** Folder for the server's data, sockets and logs. */
  directory: string;
  clusterIdentifier: string;
  databaseName: string;
  masterUsername: string;
  masterPassword: string;
  /** How the proxy checks IAM tokens. */
  iam: DatabaseIam;
}

/** The cluster as `rds-db:connect` names it, and where to ask. */
export interface DatabaseIam {
  emulatorUrl: string;
  region: string;
  accountId: string;
  partition: string;
  /** The cluster's `cluster-...` resource id: the third part of `arn:aws:rds-db:region:account:dbuser:<id>/<user>`. */
  clusterResourceId: string;
  /** Whether the cluster has IAM database authentication on. */
  enabled: boolean;
}

/** The part of a running server that the handler of `aws.rds.Cluster` needs. */
export interface RunningDatabase {
  host: string;
  port: number;
  /** The certificate authority of the server's TLS certificate, PEM. */
  caPem: string;
  stop(): Promise<void>;
}

/** Starts the server of one cluster. */
export type StartDatabase = (request: DatabaseRequest) => Promise<RunningDatabase>;
