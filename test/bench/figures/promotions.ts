import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PortalApi } from '../../e2e/support/PortalApi.ts';
import { waitFor } from '../../stack/waitFor.ts';
import { startProduction } from '../../stack/startProduction.ts';
import { openCold, startBrowser, type Ready } from '../browser.ts';
import { timeCalls } from '../callers.ts';
import { printFigure, say } from '../printFigure.ts';
import { ensureBuilt, waitForRest } from '../stack.ts';

const PROMOTIONS = 10_000;
const OPEN = 500;
const ENTRIES = 100_000;
const CALLS = 200;
const NOTICED_MS = 100;
const RISK = 'group:default/model-risk';
const OPENED = 20;
const AS_ROSA = { 'modelport.demo-user': 'rosa' };

/** The inbox, a review and the check of the audit chain, with many promotions and entries in the database. */
export async function promotions(): Promise<void> {
  await ensureBuilt();
  const portal = await startProduction({ demo: true });
  try {
    const ada = await PortalApi.ofPerson(portal.url, 'ada');
    await waitForEvidence(ada);
    const asked = await ada.post<{ id: string }>('promotions', {
      source: 'demo',
      name: 'german-credit-risk',
      version: '1',
      environment: 'production',
      reason: 'A figure',
    });
    if (asked.status !== 201) {
      throw new Error(`The promotion was answered with ${asked.status}`);
    }
    await waitForRest(portal.pid, { looks: 4 });
    const database = new DatabaseSync(
      join(portal.databaseFolder, 'modelport.sqlite'),
      { timeout: 60_000 },
    );
    say(`Promotions: writing ${PROMOTIONS} promotions, ${ENTRIES} entries ...`);
    cloneInto(database, asked.body.id);
    const texts = fillChain(database);
    database.close();

    const token = await PortalApi.tokenOfPerson(portal.url, 'rosa');
    const questions = {
      'the inbox, 50 that wait for me': 'promotions?waitingFor=me&limit=50',
      'the badge': 'promotion-counts',
      'the newest 50 of all': 'promotions?limit=50',
      'one review': `promotions/${asked.body.id}`,
      'the newest 50 entries': 'audit?limit=50',
    };
    for (const [name, path] of Object.entries(questions)) {
      const timing = await timeCalls(
        {
          url: `${portal.url}/api/modelport/v1/${path}`,
          headers: { authorization: `Bearer ${token}` },
        },
        { callers: 1, calls: CALLS, warmUp: 20 },
      );
      printFigure({
        figure: `${name}, of ${PROMOTIONS} promotions and ${ENTRIES} entries, p95`,
        ours: timing.p95,
        theirs: {
          what: 'what a person does not notice yet',
          value: NOTICED_MS,
        },
        unit: 'ms',
        goal: { ratioAtMost: 1 },
      });
    }
    await measurePages(portal.url, asked.body.id);
    await measureCheck(portal.url, token, texts);
  } finally {
    await portal.stop();
  }
}

/**
 * New evidence has the undecided promotions of its model judged anew. Those that are written here are all of one version,
 * which no portal would let happen, and cannot be.
 */
async function waitForEvidence(ada: PortalApi): Promise<void> {
  for (const version of ['1', '2']) {
    await waitFor(
      `the evidence of version ${version}`,
      async () => {
        const { status, body } = await ada.get<{ lookedThrough: boolean }>(
          `models/demo/german-credit-risk/versions/${version}/evidence`,
        );
        return status === 200 && body.lookedThrough;
      },
      { deadlineMs: 120_000 },
    );
  }
}

/** Opens the pages in turns with Backstage's own, so that all of them see the same machine. */
async function measurePages(url: string, id: string): Promise<void> {
  const pages: Array<{ name: string; path: string; ready: Ready }> = [
    {
      name: "Backstage's catalog page in the same portal",
      path: '/catalog?filters[kind]=resource&filters[user]=all',
      ready: { row: '' },
    },
    {
      name: 'page Promotions',
      path: '/models/promotions',
      ready: { row: 'german-credit-risk' },
    },
    {
      name: 'page of one review with its audit trail',
      path: `/models/promotions/${id}`,
      ready: { row: 'Asked for the promotion' },
    },
  ];
  const times = new Map<string, number[]>();
  const browser = await startBrowser();
  try {
    for (let round = 0; round <= OPENED; round++) {
      for (const { name, path, ready } of pages) {
        const { milliseconds } = await openCold(browser, `${url}${path}`, {
          ready,
          localStorage: AS_ROSA,
        });
        // The first round does not count.
        times.set(name, round === 0 ? [] : [...times.get(name)!, milliseconds]);
      }
    }
  } finally {
    await browser.close();
  }
  const [catalog, ...ours] = pages.map(({ name }) => ({
    what: name,
    value: p95(times.get(name) ?? []) / 1000,
  }));
  for (const { what, value } of ours) {
    printFigure({
      figure: `${what}, of ${PROMOTIONS} promotions and ${ENTRIES} entries, time until it can be read, cold cache, p95`,
      ours: value,
      theirs: catalog,
      unit: 's',
      goal: { ratioAtMost: 1 },
    });
  }
}

function p95(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}

async function measureCheck(
  url: string,
  token: string,
  texts: string[],
): Promise<void> {
  const rosa = new PortalApi(url, token);
  const begun = performance.now();
  const { body } = await rosa.get<{ ok: boolean; entries: number }>(
    'audit/verify',
  );
  const seconds = (performance.now() - begun) / 1000;
  if (!body.ok || body.entries < ENTRIES) {
    throw new Error(`The chain was found to be ${JSON.stringify(body)}`);
  }
  const bareBegun = performance.now();
  for (const text of texts) {
    createHash('sha256').update(text).digest('hex');
  }
  const bareSeconds = (performance.now() - bareBegun) / 1000;
  printFigure({
    figure: `check of the audit chain of ${ENTRIES} entries`,
    ours: body.entries / seconds,
    theirs: {
      what: 'bare SHA-256 of the same bytes',
      value: texts.length / bareSeconds,
    },
    unit: 'entries/s',
    goal: { ratioAtLeast: 0.05 },
  });
}

/** Writes a promotion many times over, most of them long decided. */
function cloneInto(database: DatabaseSync, id: string): void {
  const row = database
    .prepare('select * from promotions_promotions where id = ?')
    .get(Number(id));
  const columns = Object.keys(row ?? {});
  const insert = database.prepare(
    `insert into promotions_promotions (${columns.join(', ')}) values (${columns
      .map(() => '?')
      .join(', ')})`,
  );
  const wait = database.prepare(
    'insert into promotions_waiting (promotion_id, entity_ref) values (?, ?)',
  );
  const document = JSON.parse(String(row?.document));
  database.exec('begin immediate');
  for (let i = 0; i < PROMOTIONS; i++) {
    const number = 1_000_000 + i;
    const isOpen = i % (PROMOTIONS / OPEN) === 0;
    const state = isOpen ? 'requested' : 'superseded';
    const values: Record<string, string | number | null> = {
      ...Object.fromEntries(
        Object.entries(row ?? {}).map(([key, value]) => [
          key,
          typeof value === 'string' || typeof value === 'number' ? value : null,
        ]),
      ),
      id: number,
      state,
      open_key: isOpen ? `figure-${i}` : null,
      document: JSON.stringify({ ...document, id: String(number), state }),
    };
    insert.run(...columns.map(column => values[column]));
    if (isOpen) {
      wait.run(number, RISK);
    }
  }
  database.exec('commit');
}

/** Appends entries to the chain till it has as many as are measured, and gives the texts that its digests are of. */
function fillChain(database: DatabaseSync): string[] {
  const head = database
    .prepare('select seq, digest from audit_head where id = 1')
    .get();
  let digest = String(head?.digest);
  let seq = Number(head?.seq);
  const texts: string[] = [];
  const insert = database.prepare(
    `insert into audit_entries
     (seq, at, actor, action, source, name, version, environment, promotion, detail, previous_digest, digest)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  database.exec('begin immediate');
  while (seq < ENTRIES) {
    seq += 1;
    const at = new Date(1_800_000_000_000 + seq * 1000).toISOString();
    // Keys in the order of RFC 8785.
    const detail = {
      approvals: ['user:default/grace', 'user:default/rosa'],
      comment: `Entry ${seq}, with as many words as people write when they approve of something`,
      revision: seq % 9,
    };
    const entry = {
      action: 'promotion.decision-approve',
      actor: 'user:default/grace',
      at,
      detail,
      environment: 'production',
      name: 'german-credit-risk',
      previousDigest: digest,
      promotion: String(1_000_000 + (seq % PROMOTIONS)),
      seq,
      source: 'demo',
      version: '1',
    };
    const text = JSON.stringify(entry);
    texts.push(text);
    const previous = digest;
    digest = createHash('sha256').update(text).digest('hex');
    insert.run(
      seq,
      at,
      entry.actor,
      entry.action,
      entry.source,
      entry.name,
      entry.version,
      entry.environment,
      entry.promotion,
      JSON.stringify(detail),
      previous,
      digest,
    );
  }
  database
    .prepare('update audit_head set seq = ?, digest = ? where id = 1')
    .run(seq, digest);
  database.exec('commit');
  return texts;
}
