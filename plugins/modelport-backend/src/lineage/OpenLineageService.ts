import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { OpenLineageReceipt } from '@modelport/plugin-modelport-common';
import { setImmediate } from 'node:timers/promises';
import { utf8Text } from '../parseJson';
import { EventsReader } from './EventsReader';
import { OpenLineageStore } from './OpenLineageStore';
import { readJson } from './readJson';
import { namespacesOf } from './registryNames';
import { EventText, splitEvents } from './splitEvents';
import { TooMuchError } from './TooMuchError';

/** Events of one request. */
const MOST_EVENTS = 10_000;

/** Events that are read in one go before others get their turn. */
const EVENTS_IN_A_ROW = 200;

/** Takes OpenLineage events: all of a request or none. */
export class OpenLineageService {
  constructor(
    private readonly options: {
      store: OpenLineageStore;
      /** Where the sources are, of which events may name versions. */
      addresses: () => Promise<Parameters<typeof namespacesOf>[0]>;
    },
  ) {}

  /**
   * Takes one event or a list of them. What it answers for is in the database.
   *
   * @param signal - ends the work before anything is kept.
   * @throws `InputError` saying which event is wrong and where, `TooMuchError` where there are too many; nothing of the
   * request is kept then.
   */
  async take(bytes: Buffer, signal?: AbortSignal): Promise<OpenLineageReceipt> {
    const given = eventsIn(bytes);
    const reader = new EventsReader(
      namespacesOf(await this.options.addresses()),
    );
    for (const [index, event] of given.entries()) {
      if (index % EVENTS_IN_A_ROW === EVENTS_IN_A_ROW - 1) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      try {
        reader.read(event, index);
      } catch (error) {
        throw error instanceof SyntaxError ? notJson(bytes) : error;
      }
    }
    const accepted = await this.options.store.putEvents(
      reader.events(),
      reader.graph(),
      signal,
    );
    return { accepted, duplicates: given.length - accepted };
  }

  /** Deletes events that came longer ago than they are kept; the graph keeps what they said. */
  async deleteOldEvents(
    keep: HumanDuration,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const before = new Date(Date.now() - durationToMilliseconds(keep));
    await this.options.store.deleteEvents(before.toISOString(), options);
  }
}

function eventsIn(bytes: Buffer): EventText[] {
  let events: EventText[] | undefined;
  try {
    events = splitEvents(utf8Text(bytes), MOST_EVENTS);
  } catch (error) {
    throw error instanceof TooMuchError ? error : notJson(bytes);
  }
  if (!events) {
    throw notJson(bytes);
  }
  return events;
}

/** What is wrong with bytes that are no JSON. */
function notJson(bytes: Buffer): unknown {
  try {
    readJson(bytes);
  } catch (error) {
    return error;
  }
  return new Error('What was told to be no JSON is JSON');
}
