/** What an attacker would put into a function: here it only says that it is not the function's. */
export const REPLACED_CODE_SAYS = "the attacker's code";

export const handler = async () => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ servedBy: REPLACED_CODE_SAYS }),
});
