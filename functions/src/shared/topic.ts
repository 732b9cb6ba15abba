/** Messages to a topic of SNS, which people read. */
import type { AwsQueryCaller } from "./aws-query.ts";

/** What SNS is given. */
export interface Message {
  /** At most 100 characters of ASCII, without a line break: what SNS accepts. */
  subject: string;
  text: string;
}

// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (Subject)
const MAX_SUBJECT = 100;

/** A subject that SNS accepts. */
export function subjectOf(words: string): string {
  const ascii = words.replace(/[^\x20-\x7e]/g, "?");
  return ascii.length > MAX_SUBJECT ? `${ascii.slice(0, MAX_SUBJECT - 3)}...` : ascii;
}

/**
 * What chat channels are given. Amazon Q Developer, which listens over HTTPS, shows messages of this form alone, and drops a plain text without a
 * word. The text quotes what an attacker may have written, and is not to be read as markup.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function chatMessage({ subject, text }: Message): string {
  const lines = text.replaceAll("`", "'").split("\n");
  // The last line of a finding's message, which a person is to follow; all before it is shown as it is.
  const link = /^Finding: https:\/\/\S+$/.test(lines.at(-1) ?? "") ? lines.pop() : undefined;
  const body = lines.join("\n").trimEnd();
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    content: {
      textType: "client-markdown",
      // Slack reads these as the beginning of a mention or a link.
      title: subject.replace(/[<>&*_~`]/g, " "),
      description: ["```", body, "```", ...(link === undefined ? [] : [link])].join("\n"),
    },
  });
}

/**
 * Publishes to a topic: the text to e-mail and queues, its own form to chat channels.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (MessageStructure)
 */
export function createPublisher(call: AwsQueryCaller, topicArn: string): (message: Message) => Promise<void> {
  return async (message) => {
    await call({
      service: "sns",
      action: "Publish",
      version: "2010-03-31",
      input: {
        TopicArn: topicArn,
        Subject: message.subject,
        MessageStructure: "json",
        Message: JSON.stringify({ default: message.text, https: chatMessage(message) }),
      },
    });
  };
}
