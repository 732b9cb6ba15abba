/**
 * What Amazon Data Firehose calls before it delivers: each record becomes one event of OCSF, because to OpenSearch a record is one document.
 * CloudWatch Logs packs many log events into one record. Such a record is taken apart and its events are put back into the stream, each as a
 * record of its own; it is dropped only when all of them are in. What cannot be mapped is `ProcessingFailed`, and Firehose keeps it as it came.
 * https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
import { gunzipSync } from "node:zlib";
import { describeError, type Logger } from "../shared/log.ts";
import { fieldsOf, listOf, textOf } from "./fields.ts";
import { toOcsf } from "./map.ts";

/** What Firehose asks. */
export interface TransformRequest {
  deliveryStreamArn: string;
  records: { recordId: string; data: string }[];
}

/** What it is answered, record by record. */
export interface TransformAnswer {
  records: { recordId: string; result: "Ok" | "Dropped" | "ProcessingFailed"; data: string }[];
}

/** What the transformation works with. */
export interface TransformParts {
  /** Puts records into the stream; rejects when one of them is not in it. */
  put(deliveryStreamName: string, records: string[]): Promise<void>;
  /** The region in which the logs are. */
  region: string;
  log: Logger;
}

// CloudWatch Logs compresses what it sends; 32 MiB is more than its largest batch and less than would hurt the function.
const GZIP = "1f8b";
const MAX_BATCH_BYTES = 32 * 1024 * 1024;

/** One log event that was put back, in an envelope that says whose it is. */
interface Envelope {
  palisadeLogEvent: { owner: string; message: string };
}

/** The transformation. It never rejects: what fails is kept by Firehose, record by record. */
export function createTransform({ put, region, log }: TransformParts) {
  const mapped = (bytes: Buffer): string | undefined => {
    const record = JSON.parse(bytes.toString("utf8")) as unknown;
    const envelope = fieldsOf(fieldsOf(record).palisadeLogEvent);
    const message = textOf(envelope.message);
    const event =
      message === undefined
        ? toOcsf(record, { region })
        : toOcsf(JSON.parse(message), { region, accountId: textOf(envelope.owner) });
    return event && JSON.stringify(event);
  };

  const takeApart = async (stream: string, bytes: Buffer): Promise<"Dropped" | "ProcessingFailed"> => {
    const batch = fieldsOf(JSON.parse(gunzipSync(bytes, { maxOutputLength: MAX_BATCH_BYTES }).toString("utf8")));
    // CloudWatch Logs tries the way with one.
    if (batch.messageType === "CONTROL_MESSAGE") return "Dropped";
    const events = listOf(batch.logEvents);
    if (batch.messageType !== "DATA_MESSAGE" || events.length === 0) return "ProcessingFailed";
    const envelopes = events.map((event): Envelope => {
      const message = textOf(fieldsOf(event).message);
      if (message === undefined) throw new TypeError("a log event without a message");
      return { palisadeLogEvent: { owner: textOf(batch.owner) ?? "", message } };
    });
    await put(
      stream,
      envelopes.map((envelope) => JSON.stringify(envelope)),
    );
    return "Dropped";
  };

  return async ({ deliveryStreamArn, records }: TransformRequest): Promise<TransformAnswer> => {
    const stream = deliveryStreamArn.slice(deliveryStreamArn.indexOf("/") + 1);
    const answers: TransformAnswer["records"] = [];
    for (const { recordId, data } of records) {
      const failed = { recordId, result: "ProcessingFailed", data } as const;
      try {
        const bytes = Buffer.from(data, "base64");
        if (bytes.toString("hex", 0, 2) === GZIP) {
          answers.push({ recordId, result: await takeApart(stream, bytes), data });
          continue;
        }
        const event = mapped(bytes);
        if (event === undefined)
          log({
            level: "ERROR",
            event: "undelivered",
            requestId: recordId,
            what: "log record",
            error: "unmapped",
            at: [],
          });
        answers.push(
          event === undefined ? failed : { recordId, result: "Ok", data: Buffer.from(event).toString("base64") },
        );
      } catch (error) {
        log({ level: "ERROR", event: "undelivered", requestId: recordId, what: "log record", ...describeError(error) });
        answers.push(failed);
      }
    }
    return { records: answers };
  };
}
