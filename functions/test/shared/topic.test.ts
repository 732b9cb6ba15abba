import { describe, expect, test } from "vitest";
import type { AwsQuery } from "../../src/shared/aws-query.ts";
import { chatMessage, createPublisher, subjectOf } from "../../src/shared/topic.ts";

const contentOf = (message: { subject: string; text: string }) =>
  (JSON.parse(chatMessage(message)) as { content: { title: string; description: string } }).content;

describe("a message", () => {
  test("goes to each subscriber in a form that it shows", async () => {
    const calls: AwsQuery[] = [];
    const publish = createPublisher(async (call) => {
      calls.push(call);
      return "";
    }, "arn:aws:sns:eu-west-1:123456789012:findings");
    await publish({ subject: "[HIGH] orders", text: "What happened" });
    expect(calls).toEqual([
      { service: "sns", action: "Publish", version: "2010-03-31", input: expect.any(Object) as unknown },
    ]);
    const { Message, ...input } = calls[0]?.input ?? {};
    expect(input).toEqual({
      TopicArn: "arn:aws:sns:eu-west-1:123456789012:findings",
      Subject: "[HIGH] orders",
      MessageStructure: "json",
    });
    const { default: text, https } = JSON.parse(Message ?? "") as Record<string, string>;
    expect(text).toBe("What happened");
    expect(JSON.parse(https ?? "")).toEqual({
      version: "1.0",
      source: "custom",
      content: { textType: "client-markdown", title: "[HIGH] orders", description: "```\nWhat happened\n```" },
    });
  });

  test("keeps its link where a person can follow it", () => {
    const { description } = contentOf({ subject: "x", text: "One\nTwo\n\nFinding: https://console.aws.amazon.com/x" });
    expect(description).toBe("```\nOne\nTwo\n```\nFinding: https://console.aws.amazon.com/x");
  });

  test.each(["See Finding: https://evil.example", "Finding: https://evil.example and more", "Finding: "])(
    "has no link that is not a line of its own: %s",
    (line) => {
      expect(contentOf({ subject: "x", text: `One\n${line}` }).description).toBe(
        `\`\`\`\nOne\n${line.trimEnd()}\n\`\`\``,
      );
    },
  );

  test("is no markup, whatever it quotes", () => {
    const { title, description } = contentOf({
      subject: "<!channel> *now* & `x`",
      text: "a ``` b <https://evil.example|click>\nFinding: http://evil.example",
    });
    expect(title).toBe(" !channel   now     x ");
    expect(description).toBe("```\na ''' b <https://evil.example|click>\nFinding: http://evil.example\n```");
  });
});

test("a subject is a line of ASCII of at most 100 characters", () => {
  expect(subjectOf("a\u00fcb")).toBe("a?b");
  expect(subjectOf("x".repeat(101))).toBe(`${"x".repeat(97)}...`);
  expect(subjectOf("x".repeat(100))).toHaveLength(100);
});
