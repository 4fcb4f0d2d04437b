import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { modelPath, PortalApi } from '../../e2e/support/PortalApi.ts';
import { startPostgres } from '../../stack/startPostgres.ts';
import {
  startProduction,
  type Production,
} from '../../stack/startProduction.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { barePostgres, bareSqlite } from '../bareInserts.ts';
import { quantile } from '../callers.ts';
import { eventsOfRun, inBatches } from '../openLineageEvents.ts';
import { printFigure, say } from '../printFigure.ts';
import { keyOf, seedLineage } from '../seedLineage.ts';
import { ensureBuilt, waitForRest } from '../stack.ts';

const MODEL = 'car-loan-default';
const VERSIONS = ['1', '2', '3', '4'];
const EVENTS = 10_000;
const BATCH = 1_000;
const TIMES = 5;
const PER_MINUTE = 100_000;
const SINGLE = 2_000;
const CALLERS = 64;
const PUSHES = 200;
const QUESTIONS = 100;
const DEPTH = 5;

/** Lineage and evidence that come in, on both databases, and the walk of a large graph. */
export async function events(): Promise<void> {
  await ensureBuilt();
  await onSqlite();
  await onPostgres();
}

async function onSqlite(): Promise<void> {
  const portal = await startProduction({ demo: true });
  try {
    const api = await whenReady(portal);
    const rounds = await inRounds(async runId => ({
      ours: await pushInBatches(api, eventsOfRun(runId, EVENTS)),
      theirs: bareSqlite(
        join(portal.databaseFolder, 'modelport.sqlite'),
        join(portal.databaseFolder, 'bare.sqlite'),
        { runId, batch: BATCH },
      ),
    }));
    printRatio('SQLite', rounds);
  } finally {
    await portal.stop();
  }
}

async function onPostgres(): Promise<void> {
  const postgres = await startPostgres();
  let client: Client | undefined;
  let portal: Production | undefined;
  try {
    const { connection } = postgres;
    portal = await startProduction({ demo: true, postgres: connection });
    const api = await whenReady(portal);
    const open = new Client({
      ...connection,
      database: 'backstage_plugin_modelport',
    });
    client = open;
    await open.connect();
    printRatio(
      'PostgreSQL',
      await inRounds(async runId => ({
        ours: await pushInBatches(api, eventsOfRun(runId, EVENTS)),
        theirs: await barePostgres(open, { runId, batch: BATCH }),
      })),
    );
    await measureMinute(api, open);
    await measurePushes(api, open);
    await measureWalk(api, open);
  } finally {
    await client?.end();
    await portal?.stop();
    await postgres.stop();
  }
}

/** As many events as come in a minute, then single ones from more callers than are let in. */
async function measureMinute(api: PortalApi, client: Client): Promise<void> {
  say('Events: a minute of many ...');
  const runId = randomUUID();
  const milliseconds = await pushInBatches(api, eventsOfRun(runId, PER_MINUTE));
  printFigure({
    figure: `${PER_MINUTE} OpenLineage events in batches of ${BATCH}, PostgreSQL`,
    ours: milliseconds / 1000,
    theirs: { what: 'the minute in which they come', value: 60 },
    unit: 's',
    goal: { ratioAtMost: 1 },
  });
  const singleRun = randomUUID();
  const single = eventsOfRun(singleRun, SINGLE);
  let acknowledged = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let i = caller; i < single.length; i += CALLERS) {
        const { status } = await api.post('lineage/openlineage', single[i]);
        acknowledged += status === 201 ? 1 : 0;
        refused += status === 429 ? 1 : 0;
      }
    }),
  );
  const { rows } = await client.query<{ count: string }>(
    'select count(*) from lineage_events where run_id in ($1, $2)',
    [runId, singleRun],
  );
  say(
    `Events: ${acknowledged} single ones taken, ${refused} answered with 429`,
  );
  printFigure({
    figure: `events in the database, of those acknowledged, while ${CALLERS} callers send single ones`,
    ours: Number(rows[0].count),
    theirs: { what: 'acknowledged', value: PER_MINUTE + acknowledged },
    unit: 'events',
    goal: { ratioAtLeast: acknowledged + refused === SINGLE ? 1 : Infinity },
  });
}

/** Evidence that is pushed, beside writing the same bytes. */
async function measurePushes(api: PortalApi, client: Client): Promise<void> {
  say('Evidence: pushing ...');
  await client.query(
    'create table bare_pushes (digest text primary key, bytes bytea)',
  );
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < PUSHES; i++) {
    const document = {
      kind: 'metrics',
      schemaVersion: 1,
      producer: { name: 'bench', version: '1' },
      producedAt: new Date().toISOString(),
      body: {
        measurements: Array.from({ length: 50 }, (_, key) => ({
          key: `metric_${key}`,
          value: i + key / 50,
          dataset: 'test',
        })),
      },
    };
    const begun = performance.now();
    const { status } = await api.post(
      modelPath('demo', MODEL, 'versions', '1', 'evidence'),
      document,
    );
    ours.push(performance.now() - begun);
    if (status !== 201) {
      throw new Error(`A push was answered with ${status}`);
    }
    const bareBegun = performance.now();
    await client.query('insert into bare_pushes values ($1, $2)', [
      String(i),
      Buffer.from(JSON.stringify(document)),
    ]);
    theirs.push(performance.now() - bareBegun);
  }
  printFigure({
    figure: 'evidence push, p95, PostgreSQL',
    ours: p95(ours),
    theirs: {
      what: 'one bare insert of the same bytes, p95',
      value: p95(theirs),
    },
    unit: 'ms',
    goal: { aboveTheirsAtMost: 100 },
  });
}

/** What made a version, five steps back in a graph of 100,000 edges. */
async function measureWalk(api: PortalApi, client: Client): Promise<void> {
  say('Lineage: walking ...');
  const ids = VERSIONS.map(version => `version:demo/${MODEL}/${version}`);
  await seedLineage(client, ids);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const version = VERSIONS[i % VERSIONS.length];
    const begun = performance.now();
    const { nodes } = await api.read<{ nodes: unknown[] }>(
      `${modelPath(
        'demo',
        MODEL,
        'lineage',
      )}?version=${version}&direction=upstream&depth=${DEPTH}`,
    );
    ours.push(performance.now() - begun);
    const bareBegun = performance.now();
    const { rows } = await client.query(BARE_WALK, [
      keyOf(ids[i % ids.length]),
      DEPTH,
    ]);
    theirs.push(performance.now() - bareBegun);
    if (rows.length !== nodes.length) {
      throw new Error(`${nodes.length} nodes, but ${rows.length} by the query`);
    }
  }
  printFigure({
    figure: `lineage upstream, ${DEPTH} steps in 100,000 edges, p95, PostgreSQL`,
    ours: p95(ours),
    theirs: { what: 'the bare recursive query, p95', value: p95(theirs) },
    unit: 'ms',
    goal: { aboveTheirsAtMost: 50 },
  });
}

const BARE_WALK = `
  with recursive walk(key, level) as (
    select $1::varchar, 0
    union
    select e.from_key, walk.level + 1 from walk
    join lineage_edges e on e.to_key = walk.key where walk.level < $2
  )
  select n.* from lineage_nodes n
  where n.key in (select key from walk)`;

async function whenReady(portal: Production): Promise<PortalApi> {
  const api = new PortalApi(portal.url, portal.token);
  await waitFor(
    `the versions of ${MODEL}`,
    async () =>
      (await api.get(modelPath('demo', MODEL, 'lineage'))).status === 200,
    { deadlineMs: 120_000 },
  );
  await waitForRest(portal.pid);
  return api;
}

/** Gives the milliseconds from sending the first to the answer to the last; making them up is no part of it. */
async function pushInBatches(
  api: PortalApi,
  all: Array<Record<string, unknown>>,
): Promise<number> {
  const bodies = inBatches(all, BATCH).map(batch => JSON.stringify(batch));
  const begun = performance.now();
  for (const body of bodies) {
    const { status } = await api.request('POST', 'lineage/openlineage', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    if (status !== 201) {
      throw new Error(`A batch was answered with ${status}`);
    }
  }
  return performance.now() - begun;
}

interface Round {
  ours: number;
  theirs: number;
}

/** In turns, so that both see the same machine, after a round that does not count. */
async function inRounds(
  measure: (runId: string) => Promise<Round>,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= TIMES; round++) {
    rounds.push(await measure(randomUUID()));
  }
  return rounds.slice(1);
}

function printRatio(database: string, rounds: Round[]): void {
  printFigure({
    figure: `${EVENTS} OpenLineage events of a run in batches of ${BATCH}, ${database}`,
    ours: median(rounds.map(round => round.ours)),
    theirs: {
      what: 'bare inserts of the same rows beside as many others, a prepared statement for each, in as many transactions',
      value: median(rounds.map(round => round.theirs)),
    },
    unit: 'ms',
    goal: { ratioAtMost: 3 },
  });
}

function p95(values: number[]): number {
  return quantile(
    values.sort((a, b) => a - b),
    0.95,
  );
}

function median(values: number[]): number {
  return quantile(
    values.sort((a, b) => a - b),
    0.5,
  );
}
