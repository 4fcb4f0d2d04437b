import { appendFileSync, readFileSync } from 'node:fs';
import {
  mkdtemp,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { csvOf, runMonitor } from './__testUtils__/runMonitor';
import { MonitorFiles } from './MonitorFiles';

jest.setTimeout(60_000);

const ADDRESS = 'https://data.example.com/scoring';
const TIME = { column: 'at' };

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'monitor-data-')));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const rowsOf = (ages: number[]) =>
  csvOf(ages.map(age => ({ at: '2026-10-05T12:00:00Z', age })));

/** A reader of addresses that knows some of them, and says which were asked for. */
function reader(files: Record<string, string>) {
  return mockServices.urlReader.mock({
    readUrl: async url => {
      const content = files[url];
      if (content === undefined) {
        throw new NotFoundError(`${url} is not there`);
      }
      return {
        buffer: async () => Buffer.from(content),
        stream: () => Readable.from([Buffer.from(content)]),
      };
    },
  });
}

it('deletes the copies of data that a backend left that ended before', async () => {
  const left = await mkdtemp(join(tmpdir(), 'modelport-monitor-'));
  const used = await mkdtemp(join(tmpdir(), 'modelport-monitor-'));
  await writeFile(join(left, 'reference.csv'), 'name\nAda');
  const longAgo = new Date(Date.now() - 86_400_000);
  await utimes(left, longAgo, longAgo);
  const files = await MonitorFiles.open({
    readings: { artefacts: jest.fn(), streamArtefact: jest.fn() },
    urlReader: mockServices.urlReader.mock(),
    folders: [],
    maxBytes: 1,
  });
  await files.close();
  await expect(stat(left)).rejects.toThrow('ENOENT');
  await expect(stat(used)).resolves.toBeDefined();
  await rm(used, { recursive: true });
});

describe('artefacts', () => {
  const PART = 1024 * 1024;
  const VERSION = { source: 'fake', name: 'credit', version: '1' };

  /** Artefacts of many parts, and how many of these were asked for. */
  async function open(parts: number, maxBytes: number) {
    const asked = { parts: 0 };
    const files = await MonitorFiles.open({
      readings: {
        artefacts: async () => ({
          items: ['data/b.csv', 'data/a.csv'].map(path => ({
            path,
            isFolder: false,
            size: null,
          })),
          listedAt: '2026-01-01T00:00:00Z',
          message: null,
        }),
        streamArtefact: async (_of, path, { take }) =>
          take(
            (async function* bytes() {
              for (let part = 0; part < parts; part++) {
                asked.parts += 1;
                yield Buffer.alloc(PART, path);
              }
            })(),
          ),
      },
      urlReader: mockServices.urlReader.mock(),
      folders: [],
      maxBytes,
    });
    return { files, asked };
  }

  it('are written as they come, never held in one piece', async () => {
    const { files } = await open(3, 6 * PART);
    const fetched = await files.fetch(
      { artefact: 'data/*.csv' },
      VERSION,
      'reference',
    );
    expect(
      await Promise.all(
        fetched.paths.map(async path => (await stat(path)).size),
      ),
    ).toEqual([3 * PART, 3 * PART]);
    expect(readFileSync(fetched.paths[0], 'utf8')).toMatch(/^data\/a.csv/);
    const again = await open(3, 6 * PART);
    const same = await again.files.fetch(
      { artefact: 'data/*.csv' },
      VERSION,
      'current',
    );
    expect(same.content).toBe(fetched.content);
    await files.close();
    await again.files.close();
  });

  it('are refused where they are too large together, without reading on', async () => {
    const { files, asked } = await open(1_000, 5 * PART);
    await expect(
      files.fetch({ artefact: 'data/*.csv' }, VERSION, 'reference'),
    ).rejects.toThrow(/data\/\*.csv has more than 5242880 bytes/);
    expect(asked.parts).toBeLessThan(20);
    await files.close();
  });
});

describe('data at addresses', () => {
  const definition = {
    reference: { data: { url: `${ADDRESS}/reference.csv` } },
    current: { url: `${ADDRESS}/current.csv` },
    time: TIME,
    columns: { age: { type: 'numeric' } },
  };
  const reference = rowsOf([1, 2, 3, 4, 5, 6]);

  it('are read through the integrations of the portal', async () => {
    const urlReader = reader({
      [`${ADDRESS}/reference.csv`]: reference,
      [`${ADDRESS}/current.csv`]: rowsOf([4, 5, 6]),
    });
    const { drift, result } = await runMonitor(definition, {
      folders: [],
      urlReader,
    });
    expect(result.reference.rows).toBe(6);
    expect(drift[0].figures).toContainEqual(
      expect.objectContaining({ statistic: 'ks', value: 0.5 }),
    );
    expect(urlReader.readUrl).toHaveBeenCalledTimes(2);
    // The same bytes are the same reference, wherever they were put meanwhile.
    const again = await runMonitor(definition, {
      folders: [],
      urlReader,
      kept: result.reference,
    });
    expect(again.result.reference).toBe(result.reference);
    const changed = await runMonitor(definition, {
      folders: [],
      urlReader: reader({
        [`${ADDRESS}/reference.csv`]: rowsOf([1, 2, 3, 4, 5, 7]),
        [`${ADDRESS}/current.csv`]: rowsOf([4, 5, 6]),
      }),
      kept: result.reference,
    });
    expect(changed.result.reference.columns[0].counts.max).toBe(7);
  });

  it.each([
    ['is not there', {}, {}, /reference\.csv is not there/],
    [
      'is too large',
      { [`${ADDRESS}/reference.csv`]: reference },
      { maxBytes: 20 },
      /more than 20 bytes, which is the most that monitors read/,
    ],
    [
      'is no table',
      {
        [`${ADDRESS}/reference.csv`]: reference,
        [`${ADDRESS}/current.csv`]: '',
      },
      {},
      /at/,
    ],
  ])('say so where a file %s', async (_what, files, options, message) => {
    await expect(
      runMonitor(definition, {
        folders: [],
        urlReader: reader(files),
        ...options,
      }),
    ).rejects.toThrow(message);
  });

  it('have to be Parquet or CSV', async () => {
    await expect(
      runMonitor(
        { ...definition, current: { url: `${ADDRESS}/current.json` } },
        {
          folders: [],
          urlReader: reader({ [`${ADDRESS}/reference.csv`]: reference }),
        },
      ),
    ).rejects.toThrow(/expected files that all end in \.parquet/);
  });
});

describe('a file that changes while it is read', () => {
  it('says nothing, and is read again with the next round', async () => {
    const path = join(folder, 'rows.csv');
    await writeFile(
      path,
      csvOf(
        [1, 2, 3, 4].map(value => ({
          at: '2026-10-05',
          label: value,
          prediction: value + 1,
        })),
      ),
    );
    const definition = {
      reference: { data: { path } },
      current: { path },
      time: TIME,
      columns: { label: { type: 'numeric', role: 'feature' } },
      label: { column: 'label', prediction: 'prediction', task: 'value' },
    };
    await expect(
      runMonitor(definition, {
        folders: [folder],
        // The clock is asked once the rows were read.
        now: () => {
          appendFileSync(path, '\n"2026-10-06","9","9"');
          return new Date('2026-11-21T00:00:00Z');
        },
      }),
    ).rejects.toThrow('changed while it was read; it is read again');
    const { performance } = await runMonitor(definition, {
      folders: [folder],
    });
    expect(performance.length).toBeGreaterThan(0);
  });
});

describe('errors of values', () => {
  const oracle = JSON.parse(
    readFileSync(
      resolve(__dirname, '../__fixtures__/regression_figures.json'),
      'utf8',
    ),
  );

  it.each([
    ['a file of its own', 'file'],
    ['a window of the rows', 'window'],
  ])('are those of scikit-learn, against %s', async (_what, kind) => {
    const reference = join(folder, 'reference.csv');
    const current = join(folder, 'current.csv');
    const rows = oracle.windows.flatMap((one: { rows: object[] }) => one.rows);
    await writeFile(reference, csvOf(oracle.reference));
    await writeFile(
      current,
      csvOf(kind === 'file' ? rows : [...rows, ...oracle.reference]),
    );
    const { performance } = await runMonitor(
      {
        reference:
          kind === 'file'
            ? { data: { path: reference } }
            : {
                window: {
                  start: '2026-06-01T00:00:00Z',
                  end: '2026-07-01T00:00:00Z',
                },
              },
        current: { path: current },
        time: TIME,
        window: 'month',
        columns: { prediction: { type: 'numeric', role: 'prediction' } },
        label: { column: 'label', prediction: 'prediction', task: 'value' },
      },
      { folders: [folder] },
    );
    expect(performance).toHaveLength(2);
    for (const [at, { start, figures }] of oracle.windows.entries()) {
      expect(performance[at].window?.start).toBe(start);
      const { n, labelled, ...expected } = figures;
      expect(
        Object.fromEntries(
          performance[at].figures.map(({ metric, value }) => [metric, value]),
        ),
      ).toEqual(
        Object.fromEntries(
          Object.entries(expected).map(([metric, value]) => [
            metric,
            expect.closeTo(Number(value), 11),
          ]),
        ),
      );
      expect(performance[at].figures[0]).toMatchObject({ n, labelled });
    }
  });
});
