import type { Operation } from "../shared/function.ts";
import { type SessionEdges, signIn, signOut } from "./core.ts";

/** The operations of the function `session`. */
export function sessionOperations(edges: SessionEdges): Operation[] {
  return [
    {
      operationId: "signIn",
      method: "POST",
      path: "/session",
      groups: "everybody",
      run: (request) => signIn(edges, request),
    },
    {
      operationId: "signOut",
      method: "DELETE",
      path: "/session",
      groups: ["partner", "admin"],
      run: (request) => signOut(edges, request),
    },
  ];
}
