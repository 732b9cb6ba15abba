import { type Event, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import type { AwsClients } from "../clients.ts";

/** Events of one page, as of AWS's. */
const PAGE = 50;

/** An event as the emulator recorded it. */
export interface RecordedEvent {
  id: string;
  /** Milliseconds since 1970. */
  time: number;
  /** The emulator's record, as JSON. */
  text: string;
}

/**
 * Reads the events that the emulator has recorded since a time, oldest first, each once.
 *
 * @param since milliseconds since 1970
 */
export async function readEvents({ cloudTrail }: AwsClients, since: number): Promise<RecordedEvent[]> {
  const events = new Map<string, RecordedEvent>();
  let until: number | undefined;
  for (;;) {
    const { Events = [] } = await cloudTrail.send(
      new LookupEventsCommand({
        StartTime: new Date(since),
        EndTime: until === undefined ? undefined : new Date(until),
        MaxResults: PAGE,
      }),
    );
    const before = events.size;
    for (const event of Events) keep(event, events);
    if (Events.length < PAGE) return [...events.values()].sort((left, right) => left.time - right.time);
    // Newest first, and the emulator gives no token: the next page ends where this one begins. Its times are finer than a Date's, so the pages
    // overlap by a millisecond; a page with nothing new is left behind.
    const oldest = Events.at(-1)?.EventTime?.getTime() ?? since;
    until = events.size > before ? oldest + 1 : (until ?? oldest) - 1;
  }
}

function keep({ EventId, EventTime, CloudTrailEvent }: Event, events: Map<string, RecordedEvent>): void {
  if (EventId === undefined || CloudTrailEvent === undefined) return;
  events.set(EventId, { id: EventId, time: EventTime?.getTime() ?? 0, text: CloudTrailEvent });
}
