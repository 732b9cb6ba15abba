import { forgedWhile } from "./shared/key-set-fault.ts";

export const keySetSlow = forgedWhile("slow", {
  id: "key-set-slow",
  title: "Forge a token while the pool's key set does not answer",
});
