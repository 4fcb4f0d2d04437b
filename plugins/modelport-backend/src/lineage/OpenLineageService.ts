import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { OpenLineageReceipt } from '@modelport/plugin-modelport-common';
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { NodeToWrite } from './lineageNodes';
import { canonicalJson } from './canonicalJson';
import { graphOfEvent } from './openLineageGraph';
import { OpenLineageEvent, openLineageEvent } from './openLineageSchema';
import { EventToWrite, OpenLineageStore, RunEnd } from './OpenLineageStore';
import { readJson } from './readJson';
import { namespacesOf } from './registryNames';
import { SeenEdge } from './writeGraph';

/** Characters of one event. */
const MAX_EVENT = 2_000_000;

/** How a run ends that did not make what it was to make. */
const FAILURES: Array<string | null> = ['FAIL', 'ABORT'];

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
   * @throws `InputError` saying which event is wrong and where; nothing of the request is kept then.
   */
  async take(bytes: Buffer): Promise<OpenLineageReceipt> {
    const body = readJson(bytes);
    const given: unknown[] = Array.isArray(body) ? body : [body];
    const sourceOf = namespacesOf(await this.options.addresses());
    const events = new Map<string, EventToWrite>();
    const nodes = new Map<string, NodeToWrite>();
    const edges = new Map<string, SeenEdge>();
    const runs = new Map<string, RunEnd>();
    for (const [index, value] of given.entries()) {
      if (index % EVENTS_IN_A_ROW === EVENTS_IN_A_ROW - 1) {
        await setImmediate();
      }
      const event = readEvent(value, index);
      const text = canonicalJson(value);
      if (text.length > MAX_EVENT) {
        throw new InputError(
          `Event ${index} has ${text.length} characters; expected ${MAX_EVENT} at most. Nothing of the request was kept.`,
        );
      }
      const digest = hash('sha256', text, 'hex');
      if (events.has(digest)) {
        continue;
      }
      events.set(digest, {
        digest,
        runId: event.run?.runId ?? null,
        eventType: event.eventType ?? null,
        eventTime: event.eventTime,
        body: text,
      });
      const { part, run } = graphOfEvent(event, sourceOf);
      if (run) {
        const { key } = run;
        const end = runs.get(key) ?? { key, failed: false, completed: false };
        end.failed ||= FAILURES.includes(event.eventType ?? null);
        end.completed ||= event.eventType === 'COMPLETE';
        runs.set(key, end);
      }
      part.nodes.forEach((node, key) => nodes.set(key, node));
      part.edges.forEach((edge, key) => {
        const { eventTime: at } = event;
        const seen = edges.get(key);
        edges.set(key, {
          ...edge,
          firstSeen: seen && seen.firstSeen < at ? seen.firstSeen : at,
          lastSeen: seen && seen.lastSeen > at ? seen.lastSeen : at,
        });
      });
    }
    const accepted = await this.options.store.putEvents([...events.values()], {
      nodes: nodes.values(),
      edges: edges.values(),
      runs: runs.values(),
    });
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

function readEvent(value: unknown, index: number): OpenLineageEvent {
  const result = openLineageEvent.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue.path.length > 0 ? `, at ${issue.path.join('.')}` : '';
    throw new InputError(
      `Event ${index} is none of OpenLineage${where}: ${issue.message}. Nothing of the request was kept.`,
    );
  }
  return result.data;
}
