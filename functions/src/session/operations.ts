import type { Operation } from "../shared/function.ts";
import { answerChallenge, exchangeCode, refreshSession, type SessionEdges, signIn, signOut } from "./core.ts";

/** The operations of the function `session`. */
export function sessionOperations(edges: SessionEdges): Operation[] {
  return [
    {
      operationId: "signIn",
      method: "POST",
      path: "/session",
      groups: "everybody",
      fromPage: true,
      run: (request) => signIn(edges, request),
    },
    {
      operationId: "answerChallenge",
      method: "POST",
      path: "/session/challenge",
      groups: "everybody",
      fromPage: true,
      run: (request) => answerChallenge(edges, request),
    },
    {
      operationId: "exchangeCode",
      method: "POST",
      path: "/session/code",
      groups: "everybody",
      fromPage: true,
      run: (request) => exchangeCode(edges, request),
    },
    {
      operationId: "refreshSession",
      method: "POST",
      path: "/session/refresh",
      groups: "everybody",
      fromPage: true,
      run: (request) => refreshSession(edges, request),
    },
    {
      operationId: "signOut",
      method: "DELETE",
      path: "/session",
      groups: ["partner", "admin"],
      fromPage: true,
      run: (request) => signOut(edges, request),
    },
  ];
}
