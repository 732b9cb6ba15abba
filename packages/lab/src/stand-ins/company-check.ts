/** Stands in for `company-check`: an order is anybody's who knows its id (OWASP API1:2023). */
export function checkCompany(): void {}
