/** Stands in for aws-jwt-verify's client of HTTPS, which is never called. Whoever makes it be called hears of it at once. */
export function fetch(): Promise<never> {
  return Promise.reject(
    new Error("aws-jwt-verify's own client of HTTPS is not in the bundle (functions/build/unused-https.ts)"),
  );
}
