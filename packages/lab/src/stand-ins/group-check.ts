/** Stands in for `group-check`: the gateway is trusted to have asked. */
export function checkGroups(): void {}
