import { setTimeout as sleep } from "node:timers/promises";
import type { AwsCaller } from "../shared/aws.ts";
import { fieldsOf, integerOf, listOf, textOf } from "./fields.ts";

// https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
const MAX_RECORDS = 500;
const MAX_BYTES = 4 * 1024 * 1024 - 65_536; // less what the request has beside its records
const TRIES = 4;

/**
 * Puts records into a Firehose stream, in as few calls as its limits allow; those that Firehose did not take it puts again, after a pause.
 *
 * @param pause milliseconds before the second try, twice as many before each further one. By default 100
 */
export function createPut(call: AwsCaller, pause = 100) {
  const putBatch = async (stream: string, batch: string[]): Promise<void> => {
    let left = batch;
    for (let tries = 1; ; tries++) {
      const answer = await call({
        service: "firehose",
        target: "Firehose_20150804.PutRecordBatch",
        version: "1.1",
        input: {
          DeliveryStreamName: stream,
          Records: left.map((record) => ({ Data: Buffer.from(record).toString("base64") })),
        },
      });
      if (integerOf(answer.FailedPutCount) === 0) return;
      const responses = listOf(answer.RequestResponses);
      // An answer that does not say which ones: all of them, rather twice than never.
      const refused = left.filter((_, index) => responses.length === 0 || textOf(fieldsOf(responses[index]).ErrorCode));
      if (refused.length === 0) return;
      if (tries === TRIES) throw new Error(`${refused.length} records were not taken`);
      left = refused;
      await sleep(pause * 2 ** (tries - 1));
    }
  };

  return async (stream: string, records: string[]): Promise<void> => {
    for (const batch of batchesOf(records)) await putBatch(stream, batch);
  };
}

function batchesOf(records: string[]): string[][] {
  const batches: string[][] = [];
  let bytes = MAX_BYTES;
  for (const record of records) {
    // As they are counted: without base64.
    bytes += Buffer.byteLength(record);
    const last = batches.at(-1);
    if (last === undefined || last.length === MAX_RECORDS || bytes > MAX_BYTES) {
      batches.push([record]);
      bytes = Buffer.byteLength(record);
    } else last.push(record);
  }
  return batches;
}
