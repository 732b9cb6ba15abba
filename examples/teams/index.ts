import { CodeSigning, HardenedFunction, TeamAccess } from "@palisade/hardened-function";
import * as pulumi from "@pulumi/pulumi";

const TEAMS = ["billing", "shipping"];

const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset("handler.mjs") });
const codeSigning = new CodeSigning("code");
const access = new TeamAccess("teams", {
  teams: TEAMS,
  trustedPrincipalArns: [new pulumi.Config().require("developers")],
  codeBucketArn: codeSigning.codeBucketArn,
});
for (const team of TEAMS) {
  new HardenedFunction(team, { code, codeSigning, team, permissionsBoundaryArn: access.functionBoundaryArn });
}

export const roleArns = access.roleArns;
