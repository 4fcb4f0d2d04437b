import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { modelPath, PortalApi } from '../../e2e/support/PortalApi.ts';
import { waitForFirstPass } from '../../e2e/support/sync.ts';
import { ensureVenv } from '../../stack/ensureVenv.ts';
import { ROOT, temporaryFolder } from '../../stack/paths.ts';
import { startPortal, type Portal } from '../../stack/startPortal.ts';
import { printFigure, say } from '../printFigure.ts';

const MODEL = 'car-loan-default';
const VERSION = '3';
const FILE = `examples/registry/${MODEL}/versions/${VERSION}/model/model.ubj`;
const ROWS = 1_000;
const TIMES = 5;
const SINGLE = 200;
const CLOSE = 1e-5;

interface Computed {
  rows: Array<{ contributions: Record<string, number> }>;
}

/** TreeSHAP through the API beside `shap.TreeExplainer` on the same model and rows, one thread each. */
export async function explanations(): Promise<void> {
  say('Explanations: the portal on the demo registry, and shap');
  const venv = await ensureVenv('shap');
  const folder = temporaryFolder('explanations');
  const portal = await startPortal({
    config: () => ({
      backend_database: {
        client: 'better-sqlite3',
        connection: { directory: folder },
      },
    }),
  });
  try {
    await waitForFirstPass(
      new PortalApi(portal.backendUrl, portal.token),
      'demo',
    );
    await measure(portal, venv.python);
    measureDisk(join(folder, 'modelport.sqlite'));
  } finally {
    await portal.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(portal: Portal, python: string): Promise<void> {
  const api = await PortalApi.ofPerson(portal.backendUrl, 'ada');
  const path = modelPath('demo', MODEL, 'versions', VERSION, 'explanations');
  const rows = (
    await api.readAll<{ values: Record<string, number> }>(`${path}/rows`, 500)
  ).map(({ values }) => values);
  if (rows.length !== ROWS) {
    throw new Error(`The demo explains ${rows.length} rows`);
  }
  const compute = async (some: typeof rows) => {
    const { status, body } = await api.post<Computed>(`${path}/compute`, {
      rows: some,
    });
    if (status !== 200) {
      throw new Error(`compute answers ${status}: ${JSON.stringify(body)}`);
    }
    return body;
  };
  const theirs = await timeShap(python, rows);
  const ours: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const begun = performance.now();
    const computed = await compute(rows);
    ours.push(performance.now() - begun);
    refuseOtherValues(computed, theirs.values, Object.keys(rows[0]));
  }
  printFigure({
    figure: `TreeSHAP of ${ROWS} rows, through the API`,
    ours: Math.min(...ours),
    theirs: {
      what: 'shap.TreeExplainer, one thread',
      value: theirs.milliseconds,
    },
    unit: 'ms',
    goal: { ratioAtMost: 5 },
  });
  const single: number[] = [];
  for (let i = 0; i < SINGLE; i++) {
    const begun = performance.now();
    await compute([rows[i]]);
    single.push(performance.now() - begun);
  }
  single.sort((a, b) => a - b);
  printFigure({
    figure: 'one row explained by the API, p95',
    ours: single[Math.floor(SINGLE * 0.95)],
    theirs: {
      what: `shap.TreeExplainer on all ${ROWS} rows`,
      value: theirs.milliseconds,
    },
    unit: 'ms',
    goal: { ratioAtMost: 5 },
  });
}

/** The encrypted rows of all explanations of the demo, indexes too, beside the Parquet that they came from. */
function measureDisk(database: string): void {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    const documents = db
      .prepare(
        "SELECT id, digest, size FROM evidence_documents JOIN evidence_contents USING (digest) WHERE kind = 'explanation' AND id IN (SELECT document_id FROM evidence_row_blocks)",
      )
      .all();
    const ids = documents.map(({ id }) => Number(id)).join(',');
    const share = db
      .prepare(
        `SELECT sum(length(rows) + length(subjects)) * 1.0 / (SELECT sum(length(rows) + length(subjects)) FROM evidence_row_blocks) AS share FROM evidence_row_blocks WHERE document_id IN (${ids})`,
      )
      .get();
    const pages = db
      .prepare(
        "SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN ('evidence_row_blocks', 'sqlite_autoindex_evidence_row_blocks_1')",
      )
      .get();
    printFigure({
      figure: 'explanation rows on disk, each encrypted for its person',
      ours: (Number(pages?.bytes) * Number(share?.share)) / 1024,
      theirs: {
        what: 'the Parquet they came from',
        value:
          documents.reduce((sum, { size }) => sum + Number(size), 0) / 1024,
      },
      unit: 'KB',
      goal: { ratioAtMost: 1.2 },
    });
  } finally {
    db.close();
  }
}

async function timeShap(
  python: string,
  rows: Array<Record<string, number>>,
): Promise<{ milliseconds: number; values: number[][] }> {
  const child = spawn(
    python,
    [join(import.meta.dirname, '../time_shap.py'), join(ROOT, FILE)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    },
  );
  child.stdin.end(JSON.stringify(rows));
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
  }
  return JSON.parse(text);
}

/** A figure of other values would say nothing. */
function refuseOtherValues(
  { rows }: Computed,
  theirs: number[][],
  features: string[],
): void {
  for (const [place, { contributions }] of rows.entries()) {
    for (const [i, feature] of features.entries()) {
      if (Math.abs(contributions[feature] - theirs[place][i]) > CLOSE) {
        throw new Error(`Row ${place}: ${feature} differs from shap's`);
      }
    }
  }
}
