// The libraries below ship no types; only what the handlers use is declared.
declare module "node-serialize" {
  const serialize: { unserialize(text: string): unknown; serialize(value: unknown): string };
  export default serialize;
}
declare module "lodash" {
  const lodash: {
    merge<T>(target: object, ...sources: unknown[]): T;
    mapKeys(object: object, iteratee: (value: unknown, key: string) => string): Record<string, unknown>;
    snakeCase(text: string): string;
  };
  export default lodash;
}
declare module "ejs" {
  const ejs: { renderFile(path: string, data: object, options: { delimiter: string }): Promise<string> };
  export default ejs;
}
declare module "sync-fetch" {
  export default function syncFetch(url: string): { buffer(): Buffer };
}
