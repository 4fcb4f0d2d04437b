import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createTestRegistry } from '../__testUtils__/createTestRegistry';
import { LineageGraphStore } from './LineageGraphStore';
import { LineageStore } from './LineageStore';
import { OpenLineageService } from './OpenLineageService';
import { keyOf } from './lineageNodes';
import { readFileSync } from 'node:fs';
jest.setTimeout(600_000);
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
describe.each(databases.eachSupportedId())('bench %s', id => {
  it('events', async () => {
    const knex = await databases.init(id);
    await createTestRegistry(knex, { logger: mockServices.logger.mock() });
    const service = new OpenLineageService({ store: new LineageStore(knex) });
    const template = JSON.parse(readFileSync(`${__dirname}/__fixtures__/training-run.ndjson`, 'utf8').split('\n')[1]);
    const out: string[] = [];
    for (let round = 0; round < 3; round++) {
      const evs = Array.from({ length: 10000 }, (_, i) => ({ ...template, run: { runId: `0000000${round}-0000-7000-8000-${String(i >> 1).padStart(12, '0')}` }, eventTime: new Date(1.7e12 + i).toISOString(), eventType: i % 2 ? 'COMPLETE' : 'START', inputs: [{ ...template.inputs[0], name: `d${i % 500}` }] }));
      const bodies = Array.from({ length: 10 }, (_, b) => Buffer.from(JSON.stringify(evs.slice(b * 1000, b * 1000 + 1000))));
      const t = performance.now();
      for (const b of bodies) await service.take(b);
      out.push(`take ${(performance.now() - t).toFixed(0)} ms`);
    }
    const rows: Record<string, any[]> = {};
    for (const tb of ['lineage_nodes', 'lineage_edges', 'lineage_events']) rows[tb] = await knex(tb).select();
    out.push(JSON.stringify(Object.fromEntries(Object.entries(rows).map(([k, v]) => [k, v.length]))));
    for (const tb of Object.keys(rows)) await knex(tb).delete();
    const t = performance.now();
    for (const [tb, rs] of Object.entries(rows)) await knex.batchInsert(tb, rs as any, 200);
    out.push(`bare (3 rounds) ${(performance.now() - t).toFixed(0)} ms`);
    await knex('lineage_edges').delete();
    await knex('lineage_nodes').delete();
    const N = 20000;
    const nodes = Array.from({ length: N }, (_, i) => ({ key: keyOf(`n${i}`), id: `n${i}`, kind: 'dataset', name: `n${i}` }));
    await knex.batchInsert('lineage_nodes', nodes, 200);
    const edges = new Map<string, any>();
    let s = 1; const rnd = () => { s = (s * 1103515245 + 12345) % 2147483648; return s / 2147483648; };
    while (edges.size < 100000) { const a = Math.floor(rnd() * N), b = Math.max(0, a - 1 - Math.floor(rnd() * 2000)); if (a !== b) edges.set(`${a} ${b}`, { from_key: nodes[b].key, to_key: nodes[a].key, kind: 'input', origin: 'x', first_seen: '', last_seen: '' }); }
    await knex.batchInsert('lineage_edges', [...edges.values()], 200);
    if (id !== 'SQLITE_3') { await knex.raw('analyze'); }
    const g = new LineageGraphStore(knex);
    for (const depth of [5, 20]) {
      const times: number[] = [];
      let n = 0;
      for (let i = 0; i < 40; i++) { const t2 = performance.now(); n = (await g.walk([nodes[N - 1 - i * 100].key], { direction: 'up', depth, limit: 2000 })).keys.length; times.push(performance.now() - t2); }
      times.sort((a, b) => a - b);
      out.push(`walk depth ${depth}: p50 ${times[20].toFixed(1)} p95 ${times[38].toFixed(1)} nodes ${n}`);
    }
    const t3 = performance.now();
    const w = await g.walk([nodes[N - 1].key], { direction: 'up', depth: 20, limit: 2000 });
    const e = await g.edges(w.keys, 10000);
    out.push(`walk+edges ${(performance.now() - t3).toFixed(0)} ms, edges ${e.edges.length} ${e.truncated}`);
    throw new Error(out.join('\n'));
  });
});
