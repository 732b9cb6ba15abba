export const handler = async ({ httpMethod, requestContext: { accountId, authorizer } }) =>
  httpMethod === "DELETE"
    ? { statusCode: 204, body: "" }
    : { statusCode: 200, body: JSON.stringify({ account: accountId, reader: authorizer.userId }) };
