import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MailCatcher, startCatcher } from "../../src/mail/catcher.ts";

let catcher: MailCatcher;
beforeEach(async () => {
  catcher = await startCatcher();
});
afterEach(() => catcher.close());

const send = (subject: string, text: string, to: string | string[] = "ann@example.com") =>
  createTransport({ host: "127.0.0.1", port: catcher.port }).sendMail({ from: "A <a@example.com>", to, subject, text });

describe("the catcher", () => {
  test("keeps each mail, parsed and as it came", async () => {
    await send("Überraschung", "Zeile eins\n\nDritte\n", ["ann@example.com", "ben@example.com"]);
    const [mail] = catcher.mails();
    expect(mail).toMatchObject({
      to: ["ann@example.com", "ben@example.com"],
      from: "a@example.com",
      subject: "Überraschung",
      text: "Zeile eins\n\nDritte\n",
    });
    expect(mail?.raw).toMatch(/^From: A <a@example\.com>\r\n/m);
    expect(Date.now() - (mail?.time ?? 0)).toBeLessThan(10_000);
  });

  test("a mail that is waited for may have come, or come later", async () => {
    await send("first", "1");
    expect((await catcher.waitFor(({ subject }) => subject === "first", 1)).text).toBe("1\n");
    const later = catcher.waitFor(({ subject }) => subject === "third", 10);
    await send("second", "2");
    await send("third", "3");
    expect((await later).text).toBe("3\n");
  });

  test("what does not come is said, with what did", async () => {
    await expect(catcher.waitFor(() => true, 0.01)).rejects.toThrow(
      "The mail did not come in 0.01 seconds; no mail came. Look at the topic's subscriptions.",
    );
    await send("first", "1");
    await send("second", "2");
    await expect(catcher.waitFor(({ subject }) => subject === "third", 0.01)).rejects.toThrow(
      "The mail did not come in 0.01 seconds; these came: first; second. Look at the topic's subscriptions.",
    );
  });

  test("a mail without a subject and a body is one", async () => {
    const transport = createTransport({ host: "127.0.0.1", port: catcher.port });
    await transport.sendMail({ envelope: { from: "", to: "ann@example.com" }, raw: "X-Test: 1\r\n\r\n" });
    const mail = await catcher.waitFor(() => true, 10);
    expect(mail).toMatchObject({ to: ["ann@example.com"], from: "", subject: "" });
  });

  test("listens on loopback only", async () => {
    expect(catcher.port).toBeGreaterThan(0);
    await expect(send("x", "y")).resolves.toMatchObject({ accepted: ["ann@example.com"] });
  });
});

/** A server in the place of SNS. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe("confirming", () => {
  const confirmation = (url: string) =>
    send("AWS Notification - Subscription Confirmation", `To confirm, visit:\n${url}\n`);

  test("visits each link once, and only links to this machine", async () => {
    const asked: string[] = [];
    const server = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await confirmation(`${server.url}/?Action=ConfirmSubscription&Token=1`);
    await confirmation("http://sns.example.com/?Action=ConfirmSubscription&Token=2");
    await confirmation(`${server.url}/?Action=Unsubscribe&Token=3`);
    expect(await catcher.confirmSubscriptions()).toEqual(["ann@example.com"]);
    expect(await catcher.confirmSubscriptions()).toEqual([]);
    expect(asked).toEqual(["/?Action=ConfirmSubscription&Token=1"]);
    await server.close();
  });

  test("a link that does not work is told", async () => {
    const server = await serve((_request, response) => void response.writeHead(403).end("Invalid token"));
    await confirmation(`${server.url}/?Action=ConfirmSubscription&Token=1`);
    await expect(catcher.confirmSubscriptions()).rejects.toThrow(
      `SNS answered 403 to the link ${server.url}/?Action=ConfirmSubscription&Token=1. Invalid token`,
    );
    await server.close();
  });
});
