import { type Recording, resolved } from "@palisade/testing";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";
import type { ResolvedStageOutputs, StageOutputs } from "../outputs.ts";
import { recordStage } from "./support.ts";

vi.mock("@palisade/functions/bundle", () => ({
  bundle: async () => `${import.meta.dirname}/support.ts`,
  bundleDetails: async () => ({ path: `${import.meta.dirname}/support.ts`, sha256: "hash" }),
}));

const REST_API = "aws:apigateway/restApi:RestApi";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const FUNCTION = "aws:lambda/function:Function";
const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/11111111-2222-3333-4444-555555555555";

/** Each stage with the same configuration is recorded once. */
const recordings = new Map<string, Promise<Recording<StageOutputs>>>();
function record(stage: string, config: Record<string, string> = {}): Promise<Recording<StageOutputs>> {
  const key = JSON.stringify([stage, config]);
  const recorded = recordings.get(key) ?? recordStage(stage, { config });
  recordings.set(key, recorded);
  return recorded;
}
const domain = (value: unknown) => ({ "palisade:domain": JSON.stringify(value) });

/** Rate and burst of each method, and of all, as the stage names them. */
function throttling(recording: Recording<StageOutputs>): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    recording.all(SETTINGS).map(({ inputs }) => {
      const settings = inputs.settings as Record<string, unknown>;
      return [inputs.methodPath, [settings.throttlingRateLimit, settings.throttlingBurstLimit]];
    }),
  );
}

describe("the values of a stage", () => {
  test("prod's: 100 requests a second, 5 where somebody may guess, 10 imports", async () => {
    expect(throttling(await record("prod"))).toEqual({
      "*/*": [100, 200],
      "~1session/POST": [5, 10],
      "~1session~1challenge/POST": [5, 10],
      "~1session~1code/POST": [5, 10],
      "~1orders~1import/POST": [10, 20],
    });
  });

  test("dev's: a fifth of it", async () => {
    expect(throttling(await record("dev"))).toEqual({
      "*/*": [20, 40],
      "~1session/POST": [2, 5],
      "~1session~1challenge/POST": [2, 5],
      "~1session~1code/POST": [2, 5],
      "~1orders~1import/POST": [2, 4],
    });
  });

  test("nothing of an answer is kept, whatever it is: each is asked of its function", async () => {
    for (const stage of ["dev", "prod"]) {
      const recording = await record(stage);
      expect(recording.one("aws:apigateway/stage:Stage").inputs).not.toHaveProperty("cacheClusterEnabled");
      for (const { inputs } of recording.all(SETTINGS)) {
        expect(inputs.settings).toMatchObject({ cachingEnabled: false, cacheDataEncrypted: true });
      }
    }
  });

  test("prod blocks risky sign-ins, dev says why not", async () => {
    const addOns = async (stage: string) =>
      (await record(stage)).one("aws:cognito/userPool:UserPool").inputs.userPoolAddOns;
    expect(await addOns("prod")).toMatchObject({ advancedSecurityMode: "ENFORCED" });
    expect(await addOns("dev")).toMatchObject({ advancedSecurityMode: "OFF" });
  });

  test("an authorizer's answer is kept for half a minute, so that a revocation counts within one", async () => {
    for (const stage of ["dev", "prod"]) {
      const { securitySchemes } = JSON.parse(String((await record(stage)).one(REST_API).inputs.body)).components;
      const ttls = Object.values(
        securitySchemes as Record<string, Record<string, { authorizerResultTtlInSeconds: number }>>,
      ).map((scheme) => scheme["x-amazon-apigateway-authorizer"]?.authorizerResultTtlInSeconds);
      expect(ttls, stage).toEqual([30, 30]);
    }
  });

  test.each([
    ["dev", 28, 10],
    ["prod", 10, 5],
  ])(
    "%s's functions end after %i seconds where they use the database, else after %i",
    async (stage, database, others) => {
      const timeouts = Object.fromEntries(
        (await record(stage)).all(FUNCTION).map(({ name, inputs }) => [name.replace(/-function$/, ""), inputs.timeout]),
      );
      expect(timeouts).toMatchObject({
        catalog: database,
        orders: database,
        "order-import": database,
        receipt: database,
        carts: database,
        admin: database,
        authorizer: others,
        partners: others,
        session: others,
        migrations: 900,
      });
    },
  );
});

describe("palisade:domain", () => {
  test("puts the domain in front, asks for certificates where it says so, and changes what it must", async () => {
    const truststore = { truststoreUri: "s3://partners/truststore.pem", truststoreVersion: "7" };
    const recording = await record(
      "prod",
      domain({
        name: "api.example.com",
        certificateArn: CERTIFICATE,
        basePath: "v1",
        hostedZoneId: "Z1",
        ...truststore,
      }),
    );
    expect(recording.one("aws:apigateway/domainName:DomainName").inputs).toMatchObject({
      domainName: "api.example.com",
      regionalCertificateArn: CERTIFICATE,
      mutualTlsAuthentication: truststore,
    });
    expect(recording.one("aws:apigateway/basePathMapping:BasePathMapping").inputs.basePath).toBe("v1");
    expect(recording.one("aws:route53/record:Record").inputs.zoneId).toBe("Z1");
    expect(recording.one(REST_API).inputs.disableExecuteApiEndpoint).toBe(true);
    const { apiUrl } = (await resolved(recording.result as pulumi.Input<StageOutputs>)) as ResolvedStageOutputs;
    expect(apiUrl).toBe("https://api.example.com/v1");
  });

  test("with certificates of clients does not stand behind the page, which shows none", async () => {
    const config = domain({
      name: "api.example.com",
      certificateArn: CERTIFICATE,
      truststoreUri: "s3://partners/t.pem",
    });
    await expect(record("prod", { ...config, "palisade:pageDomain": "shop.example.com" })).rejects.toThrow(
      'The config key "palisade:domain" has truststoreUri beside "palisade:pageDomain"; allowed: one of the two, since the page\'s ' +
        "CloudFront shows the API no client certificate. To fix it: pulumi config rm --path palisade:domain.truststoreUri",
    );
  });

  test("without it the API's own address is the only one", async () => {
    const recording = await record("prod");
    expect(recording.count("aws:apigateway/domainName:DomainName")).toBe(0);
    expect(recording.one(REST_API).inputs).not.toHaveProperty("disableExecuteApiEndpoint");
  });

  const allowed =
    "; allowed: an object of texts with name and certificateArn, and where wanted basePath, hostedZoneId, truststoreUri, " +
    "truststoreVersion, ownershipCertificateArn. To fix it: pulumi config set --path palisade:domain.name api.example.com";
  const given = { name: "api.example.com", certificateArn: CERTIFICATE };
  test.each<[unknown, string]>([
    ["api.example.com", "is no object"],
    [["api.example.com"], "is no object"],
    [null, "is no object"],
    [{ certificateArn: CERTIFICATE }, "has no name"],
    [{ name: "api.example.com" }, "has no certificateArn"],
    [{ ...given, mutualTls: true }, 'has "mutualTls"'],
    [{ ...given, hostedZoneId: 1 }, "has hostedZoneId that is no text"],
    [{ ...given, truststoreVersion: "1" }, "has truststoreVersion without truststoreUri"],
  ])("%j is refused", async (value, what) => {
    await expect(record("prod", domain(value))).rejects.toThrow(`The config key "palisade:domain" ${what}${allowed}`);
  });
});

describe("palisade:corsOrigin", () => {
  test("reaches the gateway and every function that answers, and no other", async () => {
    const origin = "https://partners.example.com";
    const recording = await record("prod", { "palisade:corsOrigin": origin });
    const { paths } = JSON.parse(String(recording.one(REST_API).inputs.body));
    expect(Object.values(paths as Record<string, object>).every((item) => "options" in item)).toBe(true);
    const told = recording.all(FUNCTION).flatMap(({ name, inputs }) => {
      const { variables } = inputs.environment as { variables: Record<string, string> };
      return variables.CORS_ORIGIN === origin ? [name.replace(/-function$/, "")] : [];
    });
    expect(told.sort()).toEqual(
      ["admin", "carts", "catalog", "order-import", "orders", "partners", "receipt", "session"].sort(),
    );
  });

  test("is exactly one origin", async () => {
    await expect(record("prod", { "palisade:corsOrigin": "*" })).rejects.toThrow(
      'SecureGateway "api": cors.origin is "*"; allowed: one origin exactly',
    );
  });

  test("without it no page of another origin is named", async () => {
    expect(JSON.stringify((await record("prod")).resources.map(({ inputs }) => inputs))).not.toMatch(
      /Access-Control-Allow|CORS_ORIGIN/,
    );
  });
});
