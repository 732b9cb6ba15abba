import "reflect-metadata"; // @peculiar/x509 resolves its parts with decorators
import * as x509 from "@peculiar/x509";

/** An authority that certifies clients. */
export interface Authority {
  pem: string;
  /** The key and certificate of a client, which ends so many days from now. */
  issue(name: string, days?: number): Promise<{ key: string; cert: string }>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
const DAY = 24 * 60 * 60 * 1000;

export async function createAuthority(name: string): Promise<Authority> {
  const notBefore = new Date(Date.now() - 7 * DAY);
  const keys = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${name}`,
    notBefore,
    notAfter: new Date(Date.now() + 7 * DAY),
    signingAlgorithm,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  return {
    pem: ca.toString("pem"),
    issue: async (client, days = 1) => {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: "02",
        subject: `CN=${client}`,
        issuer: ca.subject,
        notBefore,
        notAfter: new Date(Date.now() + days * DAY),
        signingAlgorithm,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
      });
      const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", own.privateKey)).toString("base64");
      const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
      return { key, cert: certificate.toString("pem") };
    },
  };
}
