/**
 * A mailbox for everybody: an SMTP server on loopback that takes every mail and sends none on. SNS's e-mail ends here (`emulator/email_delivery.py`).
 */

import type { AddressInfo } from "node:net";
import PostalMime, { type Address } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { SandboxError } from "../errors.ts";

/** A mail that was caught. */
export interface Mail {
  /** When it was caught, in milliseconds since 1970. */
  time: number;
  /** Addresses of its envelope: who it is delivered to. */
  to: string[];
  /** The sender's address, of its header. */
  from: string;
  subject: string;
  /** Its body of plain text. */
  text: string;
  /** The mail as it came, RFC 5322. */
  raw: string;
}

/** The mailbox. */
export interface MailCatcher {
  port: number;
  /** What was caught, oldest first. */
  mails(): readonly Mail[];
  /**
   * Waits for a mail.
   *
   * @param wanted what it must be; it may have come already
   * @param seconds how long
   * @throws SandboxError when it does not come, with the subjects of those that did
   */
  waitFor(wanted: (mail: Mail) => boolean, seconds: number): Promise<Mail>;
  /**
   * Does what a person does who has subscribed: visits the link of each confirmation that has come and was not visited yet. Only links to this machine.
   *
   * @returns the addresses that are confirmed with it
   */
  confirmSubscriptions(): Promise<string[]>;
  close(): Promise<void>;
}

/** Bytes of a mail. SNS's have at most 256 KB. */
const MAXIMUM_BYTES = 1024 * 1024;
const CONFIRMATION = /^http:\/\/127\.0\.0\.1:\d+\/\?Action=ConfirmSubscription&\S+$/m;

/** Starts the mailbox on a free port of 127.0.0.1. */
export async function startCatcher(): Promise<MailCatcher> {
  const mails: Mail[] = [];
  const visited = new Set<Mail>();
  const listeners = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAXIMUM_BYTES,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void read(Buffer.concat(parts), to).then((mail) => {
          mails.push(mail);
          for (const listener of listeners) listener();
          done();
        }, done);
      });
    },
  });
  // A client that goes away in the middle of a mail.
  server.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    mails: () => mails,
    waitFor: (wanted, seconds) =>
      new Promise((resolve, reject) => {
        const look = (): boolean => {
          const found = mails.find(wanted);
          if (found === undefined) return false;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found);
          return true;
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          const came =
            mails.length === 0 ? "no mail came" : `these came: ${mails.map(({ subject }) => subject).join("; ")}`;
          reject(
            new SandboxError(
              `The mail did not come in ${seconds} seconds; ${came}.`,
              "Look at the topic's subscriptions.",
            ),
          );
        }, seconds * 1000);
        if (!look()) listeners.add(look);
      }),
    confirmSubscriptions: async () => {
      const confirmed: string[] = [];
      for (const mail of mails) {
        const link = CONFIRMATION.exec(mail.text)?.[0];
        if (link === undefined || visited.has(mail)) continue;
        visited.add(mail);
        const answer = await fetch(link);
        if (!answer.ok)
          throw new SandboxError(`SNS answered ${answer.status} to the link ${link}.`, await answer.text());
        confirmed.push(...mail.to);
      }
      return confirmed;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(raw: Buffer, to: string[]): Promise<Mail> {
  const { from, subject = "", text = "" } = await PostalMime.parse(raw);
  return {
    time: Date.now(),
    to,
    from: (from as Address | undefined)?.address ?? "",
    subject,
    text,
    raw: raw.toString(),
  };
}
