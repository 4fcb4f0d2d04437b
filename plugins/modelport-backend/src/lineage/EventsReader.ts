import { InputError } from '@backstage/errors';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonicalJson';
import { NodeToWrite } from './lineageNodes';
import { OddVersionError } from './namedVersion';
import { graphOfEvent } from './openLineageGraph';
import {
  OpenLineageEvent,
  openLineageEvent,
  OpenLineageMoment,
  openLineageMoment,
} from './openLineageSchema';
import { EventToWrite, RunEnd } from './OpenLineageStore';
import { SourceOfNamespace } from './registryNames';
import { EventText } from './splitEvents';
import { refuseLargeGraph } from './TooMuchError';
import { SeenEdge } from './writeGraph';

/** Characters of one event. */
const MAX_EVENT = 2_000_000;

/** How a run ends that did not make what it was to make. */
const FAILURES: Array<string | null | undefined> = ['FAIL', 'ABORT'];

/** What events say that differ in their time and type only. */
interface Saying {
  /** Those of the whole request. */
  edges: SeenEdge[];
  run: NodeToWrite | undefined;
  /** Of all but time and type, with keys in order. */
  digest: string;
  runId: string | null;
  /** Of the first of these events. */
  moment: OpenLineageMoment;
  first: string;
  last: string;
  failed: boolean;
  completed: boolean;
}

/** Reads the events of one request. What they say in the same words is read once. */
export class EventsReader {
  private readonly sayings = new Map<string, Saying>();
  private readonly seen = new Map<string, EventToWrite>();
  private readonly nodes = new Map<string, NodeToWrite>();
  private readonly edges = new Map<string, SeenEdge>();

  constructor(private readonly sourceOf: SourceOfNamespace) {}

  /**
   * Reads one more event.
   *
   * @throws `InputError` saying what is wrong and where; `SyntaxError` where it is no JSON; `TooMuchError` where all of
   * them tell of more than is held at once.
   */
  read(event: EventText, index: number): void {
    if (event.text.length > MAX_EVENT) {
      throw new InputError(
        `Event ${index} has ${event.text.length} characters; expected ${MAX_EVENT} at most. Nothing of the request was kept.`,
      );
    }
    const known = this.sayings.get(event.rest);
    const saying = known ?? this.readSaying(event, index);
    const { eventTime, eventType } =
      known && event.eventTime !== undefined
        ? checked(openLineageMoment, momentOf(event), index)
        : saying.moment;
    saying.first = eventTime < saying.first ? eventTime : saying.first;
    saying.last = eventTime > saying.last ? eventTime : saying.last;
    saying.failed ||= FAILURES.includes(eventType);
    saying.completed ||= eventType === 'COMPLETE';
    const digest = hash(
      'sha256',
      // As written: times are read to the millisecond only.
      `${saying.digest} ${event.eventTime} ${event.eventType}`,
      'hex',
    );
    this.seen.set(digest, {
      digest,
      runId: saying.runId,
      eventType: eventType ?? null,
      eventTime,
      body: event.text,
    });
  }

  /** The events, each once. */
  events(): EventToWrite[] {
    return [...this.seen.values()];
  }

  /** What all of them say together. */
  graph(): { nodes: NodeToWrite[]; edges: SeenEdge[]; runs: RunEnd[] } {
    const runs = new Map<string, RunEnd>();
    for (const { edges, run, ...saying } of this.sayings.values()) {
      for (const edge of edges) {
        edge.firstSeen =
          saying.first < edge.firstSeen ? saying.first : edge.firstSeen;
        edge.lastSeen =
          saying.last > edge.lastSeen ? saying.last : edge.lastSeen;
      }
      if (run) {
        const end = runs.get(run.key);
        runs.set(run.key, {
          key: run.key,
          failed: saying.failed || (end?.failed ?? false),
          completed: saying.completed || (end?.completed ?? false),
        });
      }
    }
    return {
      nodes: [...this.nodes.values()],
      edges: [...this.edges.values()],
      runs: [...runs.values()],
    };
  }

  private readSaying(event: EventText, index: number): Saying {
    const read = checked(openLineageEvent, JSON.parse(event.text), index);
    const { eventTime, eventType } = read;
    const { part, run } = this.graphOf(read, index);
    part.nodes.forEach((node, key) => this.nodes.set(key, node));
    const edges = [...part.edges].map(([key, edge]) => {
      const known = this.edges.get(key);
      const seen = known ?? {
        ...edge,
        firstSeen: eventTime,
        lastSeen: eventTime,
      };
      this.edges.set(key, seen);
      return seen;
    });
    refuseLargeGraph({ nodes: this.nodes, edges: this.edges });
    const saying = {
      edges,
      run,
      digest: hash(
        'sha256',
        event.eventTime === undefined
          ? event.text
          : canonicalJson({ ...read, eventTime: null, eventType: null }),
        'hex',
      ),
      runId: read.run?.runId ?? null,
      moment: { eventTime, eventType },
      first: eventTime,
      last: eventTime,
      failed: false,
      completed: false,
    };
    this.sayings.set(event.rest, saying);
    return saying;
  }

  private graphOf(event: OpenLineageEvent, index: number) {
    try {
      return graphOfEvent(event, this.sourceOf);
    } catch (error) {
      throw error instanceof OddVersionError
        ? new InputError(
            `Event ${index} names a version that there cannot be, ${error.message}. Nothing of the request was kept.`,
          )
        : error;
    }
  }
}

function momentOf(event: EventText): unknown {
  return {
    eventTime: JSON.parse(event.eventTime ?? 'null'),
    eventType: JSON.parse(event.eventType ?? 'null'),
  };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, index: number): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue.path.length > 0 ? `, at ${issue.path.join('.')}` : '';
    throw new InputError(
      `Event ${index} is none of OpenLineage${where}: ${issue.message}. Nothing of the request was kept.`,
    );
  }
  return result.data;
}
