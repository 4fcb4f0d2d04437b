import { LineageGraph, LineageNode } from '@modelport/plugin-modelport-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  renderPage,
  testEntity,
  testResponseError,
} from '../__testUtils__/renderPage';
import { LayoutWorkerStub } from '../graph/__testUtils__/LayoutWorkerStub';
import { testVersion } from '../__testUtils__/testData';
import { ModelportApi } from '../api/modelportApi';
import { startLayoutWorker } from '../graph/startLayoutWorker';
import { LineageContent } from './LineageContent';

jest.mock('../graph/startLayoutWorker');

const BASE = '/catalog/default/resource/car-loan-default/lineage';
const ID = { source: 'demo', name: 'car-loan-default' };
const HOSTILE = '<img src=x onerror=alert(1)>';

const plain = { version: null, entityRef: null, failed: false };
const GRAPH: LineageGraph = {
  nodes: [
    { ...plain, id: 'dataset:a/loans', kind: 'dataset', name: HOSTILE },
    { ...plain, id: 'feature:a/loans/x', kind: 'feature', name: 'income' },
    { ...plain, id: 'feature:a/loans/y', kind: 'feature', name: 'age' },
    { ...plain, id: 'run:1', kind: 'run', name: '1' },
    {
      id: 'version:demo/car-loan-default/2',
      kind: 'version',
      name: 'car-loan-default',
      version: '2',
      entityRef: 'resource:default/car-loan-default',
      failed: false,
    },
  ],
  edges: [
    { from: 'dataset:a/loans', to: 'feature:a/loans/x', kind: 'column' },
    { from: 'dataset:a/loans', to: 'run:1', kind: 'input' },
    { from: 'run:1', to: 'version:demo/car-loan-default/2', kind: 'made' },
  ],
  truncated: true,
};

const DEPLOYMENT: LineageNode = {
  ...plain,
  id: 'deployment:demo/car-loan-default/production',
  kind: 'deployment',
  name: 'production',
  entityRef: 'resource:default/car-loan-default',
};
const CONSUMER: LineageNode = {
  ...plain,
  id: 'consumer:component%3Adefault%2Fscoring',
  kind: 'consumer',
  name: 'component:default/scoring',
  entityRef: 'component:default/scoring',
};

/** A node as something that another one affects. */
const asAffected = (node: LineageNode) => ({ ...node, evaluated: false });

function renderLineage(api: Partial<ModelportApi>, query = '') {
  return renderPage(<LineageContent />, {
    api: {
      getLineage: async () => GRAPH,
      listVersions: async () => ({
        items: [testVersion({ version: '2' })],
        totalItems: 1,
        nextCursor: null,
      }),
      ...api,
    },
    entity: testEntity(),
    address: `${BASE}${query}`,
    mountPath: `${BASE}/*`,
  });
}

describe('the lineage of a model', () => {
  beforeAll(() => {
    // React Flow draws what is in sight, and jsdom measures nothing.
    for (const side of ['offsetWidth', 'offsetHeight']) {
      Object.defineProperty(HTMLElement.prototype, side, {
        configurable: true,
        value: 2000,
      });
    }
    window.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });

  beforeEach(() =>
    jest
      .mocked(startLayoutWorker)
      .mockImplementation(() => new LayoutWorkerStub('works')),
  );

  it('shows nodes with their neighbours, and that there is more', async () => {
    const getLineage = jest.fn(async () => GRAPH);
    renderLineage(
      { getLineage },
      '?view=table&version=2&direction=upstream&depth=3',
    );
    const table = await screen.findByRole('table');
    const row = within(table).getByText('Run').closest('tr');
    expect(row).toHaveTextContent(`Run1–${HOSTILE}car-loan-default @ 2`);
    expect(screen.getByText(/There is more than is shown/)).toBeVisible();
    expect(getLineage).toHaveBeenCalledWith(ID, {
      version: '2',
      direction: 'upstream',
      depth: 3,
    });
  });

  it('says what a node affects, and whom to tell', async () => {
    const getLineageImpact = jest.fn(async () => ({
      node: GRAPH.nodes[0],
      items: [...GRAPH.nodes.slice(3), DEPLOYMENT, CONSUMER].map(asAffected),
      owners: ['group:default/risk-analytics'],
      truncated: false,
    }));
    renderLineage({ getLineageImpact }, '?view=table');
    await userEvent.click(
      await screen.findByRole('button', {
        name: `Show what ${HOSTILE} affects`,
      }),
    );
    const panel = await screen.findByRole('region', {
      name: 'What is affected',
    });
    expect(await within(panel).findByText('risk-analytics')).toBeVisible();
    const addressOf = (name: string) =>
      within(panel).getByRole('link', { name }).getAttribute('href');
    expect(addressOf('car-loan-default @ 2')).toMatch(
      '/catalog/default/resource/car-loan-default/versions/2',
    );
    expect(addressOf('production of car-loan-default')).toMatch(
      '/catalog/default/resource/car-loan-default/promotions',
    );
    expect(addressOf('scoring')).toMatch('/catalog/default/component/scoring');
    expect(addressOf('risk-analytics')).toMatch(
      '/catalog/default/group/risk-analytics',
    );
    expect(getLineageImpact).toHaveBeenCalledWith('dataset:a/loans');
    expect(screen.getByTestId('address')).toHaveTextContent(
      'node=dataset%3Aa%2Floans',
    );
    await userEvent.click(within(panel).getByRole('button', { name: '1' }));
    await waitFor(() =>
      expect(getLineageImpact).toHaveBeenLastCalledWith('run:1'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(
      screen.queryByRole('region', { name: 'What is affected' }),
    ).not.toBeInTheDocument();
  });

  it('tells what was made from data from what was only evaluated on them', async () => {
    const [run, version] = GRAPH.nodes.slice(-2);
    const all = [asAffected(run), { ...version, evaluated: true }];
    const getLineageImpact = jest.fn(async () => ({
      node: GRAPH.nodes[0],
      items: all,
      owners: ['group:default/risk-analytics'],
      truncated: false,
    }));
    const node = `?view=table&node=${encodeURIComponent(GRAPH.nodes[0].id)}`;
    const { unmount } = renderLineage({ getLineageImpact }, node);
    const named = async (title: string) =>
      within((await screen.findByText(title)).parentElement ?? document.body)
        .getAllByRole('listitem')
        .map(item => item.textContent);
    expect(await named('Affected (1)')).toEqual(['Run 1']);
    expect(await named('Not made from it, only evaluated on it (1)')).toEqual([
      'Version car-loan-default @ 2',
    ]);
    unmount();
    all.shift();
    renderLineage({ getLineageImpact }, node);
    expect(
      await screen.findByText('Nothing is known to be made from it.'),
    ).toBeVisible();
  });

  it('says what made a node, where nothing uses it', async () => {
    const getLineage = jest.fn(async () => GRAPH);
    const getLineageImpact = jest.fn(async () => ({
      node: GRAPH.nodes[4],
      items: [],
      owners: [],
      truncated: false,
    }));
    renderLineage(
      { getLineage, getLineageImpact },
      '?view=table&direction=downstream&node=version%3Ademo%2Fcar-loan-default%2F2',
    );
    const affected = await screen.findByRole('region', {
      name: 'What is affected',
    });
    expect(await within(affected).findByText('Affected (0)')).toBeVisible();
    await userEvent.click(
      within(affected).getByRole('button', { name: 'What made it' }),
    );
    const made = await screen.findByRole('region', { name: 'What made it' });
    expect(made).toHaveTextContent(
      `Made from, of what is shown (2)Run 1Dataset ${HOSTILE}`,
    );
    // A graph of what uses it would not hold what made it.
    expect(screen.getByTestId('address')).not.toHaveTextContent('direction');
    await waitFor(() =>
      expect(getLineage).toHaveBeenLastCalledWith(
        ID,
        expect.objectContaining({ direction: 'both' }),
      ),
    );
    await userEvent.click(
      within(made).getByRole('button', { name: 'What is affected' }),
    );
    expect(await screen.findByText('Affected (0)')).toBeVisible();
  });

  it('tells what made a version from what it was only evaluated on', async () => {
    const [version] = GRAPH.nodes.slice(-1);
    renderLineage(
      {
        getLineage: async () => ({
          ...GRAPH,
          nodes: [
            ...GRAPH.nodes,
            { ...plain, id: 'dataset:a/test', kind: 'dataset', name: 'test' },
          ],
          edges: [
            ...GRAPH.edges,
            { from: 'dataset:a/test', to: 'run:1', kind: 'evaluated' },
          ],
        }),
        getLineageImpact: async () => ({
          node: version,
          items: [],
          owners: [],
          truncated: false,
        }),
      },
      `?view=table&node=${encodeURIComponent(version.id)}`,
    );
    const table = await screen.findByRole('table');
    expect(within(table).getByText('Run').closest('tr')).toHaveTextContent(
      `Run1–${HOSTILE}, test (only evaluated on)`,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'What made it' }),
    );
    const named = (title: RegExp) =>
      within(screen.getByText(title).parentElement ?? document.body)
        .getAllByRole('listitem')
        .map(item => item.textContent);
    expect(named(/^Made from, of what is shown/)).toEqual([
      'Run 1',
      `Dataset ${HOSTILE}`,
    ]);
    expect(named(/^Only evaluated on/)).toEqual(['Dataset test']);
  });

  it('says where a node is only beside another of its name, and in its panel', async () => {
    const loans = (place: string): LineageNode => ({
      ...plain,
      id: `dataset:${encodeURIComponent(place)}/loans`,
      kind: 'dataset',
      name: 'loans',
    });
    const [first, second] = [loans('s3://lake'), loans('postgres://db:5432')];
    const alone = { ...plain, kind: 'dataset' as const, name: 'alone' };
    renderLineage(
      {
        getLineage: async () => ({
          nodes: [first, second, { ...alone, id: 'dataset:x/alone' }],
          edges: [{ from: first.id, to: second.id, kind: 'input' }],
          truncated: false,
        }),
        getLineageImpact: async () => ({
          node: first,
          items: [],
          owners: [],
          truncated: false,
        }),
      },
      `?view=table&node=${encodeURIComponent(first.id)}`,
    );
    const table = await screen.findByRole('table');
    const names = within(table)
      .getAllByRole('button')
      .map(button => button.textContent);
    expect(names).toEqual([
      'loans (s3://lake)',
      'loans (postgres://db:5432)',
      'alone',
    ]);
    expect(await screen.findByText('Where it is: s3://lake')).toBeVisible();
  });

  it('finds by name, and holds it in the address', async () => {
    renderLineage({}, '?view=table');
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search in the graph' }),
      'INCOME{Enter}',
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        '5 nodes, 1 of them found',
      ),
    );
    expect(screen.getByTestId('address')).toHaveTextContent('q=INCOME');
    expect(screen.getAllByRole('row')).toHaveLength(2);
  });

  it('draws the graph, with columns folded into one', async () => {
    renderLineage({});
    const all = await screen.findByTitle('Feature: all 2');
    const address = screen.getByTestId('address');
    expect(address).not.toHaveTextContent('fold');
    expect(screen.getByRole('status')).toHaveTextContent('5 nodes, drawn as 4');
    all.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('income')).toBeInTheDocument();
    expect(address).toHaveTextContent('fold=none');
    expect(screen.getByRole('status')).toHaveTextContent('5 nodes');
    const kinds = screen.getByRole('group', {
      name: 'Draw all of a kind as one:',
    });
    await userEvent.click(
      within(kinds).getByRole('button', { name: 'Feature: 2' }),
    );
    expect(await screen.findByTitle('Feature: all 2')).toBeVisible();
    expect(address).not.toHaveTextContent('fold');
  });

  it('is walked by keyboard: arrows, Enter, Escape', async () => {
    const getLineageImpact = jest.fn(async () => ({
      node: GRAPH.nodes[3],
      items: [],
      owners: [],
      truncated: false,
    }));
    renderLineage({ getLineageImpact });
    (await screen.findByTitle('Version: car-loan-default @ 2')).focus();
    await userEvent.keyboard('{ArrowLeft}');
    const run = screen.getByTitle('Run: 1');
    await waitFor(() => expect(run).toHaveFocus());
    await userEvent.keyboard('{Enter}');
    const panel = await screen.findByRole('region', {
      name: 'What is affected',
    });
    expect(panel.parentElement).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(panel).not.toBeInTheDocument();
    expect(run).toHaveFocus();
  });

  it('shows the table where the graph cannot be laid out', async () => {
    jest
      .mocked(startLayoutWorker)
      .mockImplementation(() => new LayoutWorkerStub('breaks'));
    renderLineage({});
    expect(await screen.findByRole('table')).toHaveTextContent('income');
    expect(screen.getByText(/could not be laid out in time/)).toBeVisible();
  });

  it('draws few rows of a long table at once', async () => {
    const nodes = Array.from({ length: 120 }, (_, index) => ({
      ...plain,
      id: `run:${index}`,
      kind: 'run' as const,
      name: `${index}`,
    }));
    const edges = [{ from: 'run:0', to: 'run:1', kind: 'parent' }];
    renderLineage(
      { getLineage: async () => ({ nodes, edges, truncated: false }) },
      '?view=table',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show 20 more' }),
    );
    expect(screen.getAllByRole('row')).toHaveLength(121);
    expect(screen.queryByRole('button', { name: /more/ })).toBeNull();
  });

  it('names what another version was not made from', async () => {
    const node = { ...GRAPH.nodes[0], name: 'loans', version: 'd1' };
    const getLineageDifference = jest.fn(async () => ({
      items: [
        {
          change: 'changed' as const,
          evaluated: true,
          kind: 'dataset' as const,
          name: 'loans',
          from: node,
          to: { ...node, version: 'd2' },
        },
      ],
      unchanged: 3,
      truncated: false,
    }));
    renderLineage({ getLineageDifference }, '?view=table&version=2&baseline=1');
    const table = await screen.findByRole('table', {
      name: 'What version 2 was made from, beside 1',
    });
    expect(table).toHaveTextContent(
      'Dataset, only evaluated onloanschangedd1d2',
    );
    expect(screen.getByText(/3 things are the same/)).toBeVisible();
    expect(getLineageDifference).toHaveBeenCalledWith(ID, {
      before: '1',
      after: '2',
    });
  });

  const VERSION = GRAPH.nodes[4];
  const DATASET = GRAPH.nodes[0];
  const CODE: LineageNode = { ...plain, id: 'code:x', kind: 'code', name: 'x' };

  it.each([
    [[VERSION, DATASET, CODE], 'Both were made from the same data and code.'],
    [
      [VERSION, DATASET],
      'Both were made from the same datasets; code is not recorded.',
    ],
    [
      [VERSION, CODE],
      'Both were made from the same code; datasets are not recorded.',
    ],
    [[VERSION], 'Neither datasets nor code are recorded of them.'],
  ])(
    'says of two versions without a difference what is known alone (%#)',
    async (nodes, text) => {
      renderLineage(
        {
          getLineage: async () => ({ nodes, edges: [], truncated: false }),
          getLineageDifference: async () => ({
            items: [],
            unchanged: nodes.length - 1,
            truncated: false,
          }),
        },
        '?view=table&version=2&baseline=1',
      );
      expect(await screen.findByText(text)).toBeVisible();
    },
  );

  it('says nothing of a difference from a version that is still being read', async () => {
    renderLineage(
      {
        getLineage: async (_, { version } = {}) => ({
          ...GRAPH,
          nodes: version === '1' ? [] : GRAPH.nodes,
          truncated: false,
        }),
        getLineageDifference: async () => ({
          items: [
            {
              change: 'added',
              evaluated: false,
              kind: 'dataset',
              name: 'loans',
              from: null,
              to: DATASET,
            },
          ],
          unchanged: 0,
          truncated: false,
        }),
      },
      '?view=table&version=2&baseline=1',
    );
    expect(
      await screen.findByText(/Lineage of version 1 is still being read/),
    ).toBeVisible();
    expect(screen.queryByText('added')).not.toBeInTheDocument();
    expect(screen.queryByText(/things are the same/)).not.toBeInTheDocument();
  });

  it('saves the graph, and its events', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      if (blob instanceof Blob) {
        saved.push(blob);
      }
      return 'blob:x';
    };
    URL.revokeObjectURL = () => {};
    const exportOpenLineage = jest
      .fn<Promise<Array<Record<string, unknown>>>, []>()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue([{ eventType: 'COMPLETE' }]);
    renderLineage({ exportOpenLineage });
    await userEvent.click(await screen.findByRole('button', { name: 'SVG' }));
    const button = screen.getByRole('button', { name: 'OpenLineage' });
    await userEvent.click(button);
    expect(
      await screen.findByText('It could not be saved: away'),
    ).toBeVisible();
    await userEvent.click(button);
    await waitFor(() => expect(saved).toHaveLength(2));
    expect(saved.map(blob => blob.type)).toEqual([
      'image/svg+xml',
      'application/json',
    ]);
  });

  it('says what would fill it', async () => {
    renderLineage({
      getLineage: async () => ({
        nodes: [GRAPH.nodes[3]],
        edges: [],
        truncated: false,
      }),
    });
    expect(
      await screen.findByText('Nothing is known of where this comes from'),
    ).toBeVisible();
  });

  it('shows the id of a node without escapes', async () => {
    const id = 'dataset:s3%3A%2F%2Flake/loans%202024@d1';
    const node = { ...GRAPH.nodes[0], id };
    renderLineage(
      {
        getLineage: async () => ({ ...GRAPH, nodes: [node] }),
        getLineageImpact: async () => ({
          node,
          items: [],
          owners: [],
          truncated: false,
        }),
      },
      `?view=table&node=${encodeURIComponent(id)}`,
    );
    expect(
      await screen.findByText('Id: dataset:s3://lake/loans 2024@d1'),
    ).toBeVisible();
  });

  it('says that it is still being read, and looks again', async () => {
    const getLineage = jest
      .fn<Promise<LineageGraph>, []>()
      .mockResolvedValueOnce({ nodes: [], edges: [], truncated: false })
      .mockResolvedValue(GRAPH);
    renderLineage({ getLineage }, '?view=table');
    expect(
      await screen.findByText('Lineage is still being read'),
    ).toBeVisible();
    expect(screen.queryByText(/Nothing is known/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(await screen.findByRole('table')).toBeVisible();
    expect(screen.queryByText(/still being read/)).not.toBeInTheDocument();
  });

  it('takes a model without versions for one of which nothing is known', async () => {
    renderLineage({
      getLineage: async () => ({ nodes: [], edges: [], truncated: false }),
      listVersions: async () => ({
        items: [],
        totalItems: 0,
        nextCursor: null,
      }),
    });
    expect(
      await screen.findByText('Nothing is known of where this comes from'),
    ).toBeVisible();
  });

  it('says why it could not be loaded, and tries again', async () => {
    const error = await testResponseError(500, 'the database is away');
    const getLineage = jest
      .fn<Promise<LineageGraph>, []>()
      .mockRejectedValueOnce(error)
      .mockResolvedValue(GRAPH);
    renderLineage({ getLineage }, '?view=table');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeVisible();
  });
});
