import { unbound } from "./iam-role.ts";
import type { Removal } from "./removal.ts";

/** The team whose credentials the lab's attackers have. */
const STOLEN_TEAM = "catalog";

/** The team's role with a further policy that allows everything, and without its boundary. */
export const teamAccess: Removal = {
  id: "iam:team-access",
  remove: (stage) => {
    const roleName = stage.outputs.teamRoleArns?.[STOLEN_TEAM]?.split("/").at(-1);
    if (!roleName) throw new Error(`iam:team-access: ${stage.stage} has no role of the team ${STOLEN_TEAM}`);
    return unbound(stage, roleName);
  },
};
