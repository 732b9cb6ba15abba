import * as pulumi from "@pulumi/pulumi";
import { owner } from "./owner.ts";
import { tenant } from "./tenant.ts";

/** One project, a stack an account: `owner`, and any other name for a tenant. */
export default async () => (pulumi.getStack() === "owner" ? owner() : tenant());
