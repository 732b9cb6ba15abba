import { forgedWhile } from "./shared/key-set-fault.ts";

export const keySetDown = forgedWhile("down", {
  id: "key-set-down",
  title: "Forge a token while the pool's key set cannot be reached",
});
