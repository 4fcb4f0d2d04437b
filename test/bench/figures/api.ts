import { PortalApi } from '../../e2e/support/PortalApi.ts';
import { timeCalls, type Call, type Timing } from '../callers.ts';
import { printFigure, say } from '../printFigure.ts';
import {
  FOLLOWERS,
  MODELS,
  startSyncedStack,
  whileAsleep,
  type SyncedStack,
} from '../stack.ts';

const PAGE = 100;
const DEEP = MODELS - PAGE;

interface Question {
  name: string;
  /** Path below the portal's API. */
  ours: string;
  /** Path below MLflow's API. */
  theirs: string;
  /** Has to be at least ten times as fast. */
  tenTimes?: boolean;
}

/** The API's answers beside MLflow's to the same questions, alone and with eight callers. */
export async function api(): Promise<void> {
  const stack = await startSyncedStack({ without: FOLLOWERS });
  try {
    const token = await PortalApi.tokenOfPerson(stack.portal.url, 'ada');
    for (const question of await askedOf(stack)) {
      for (const callers of [1, 8]) {
        await measure(stack, question, { callers, personToken: token });
      }
    }
  } finally {
    await stack.stop();
  }
}

async function askedOf(stack: SyncedStack): Promise<Question[]> {
  const { items } = await stack.api.read<{ items: Array<{ name: string }> }>(
    `models?limit=1&q=${MODELS / 2}`,
  );
  const { name } = items[0];
  const part = encodeURIComponent(name);
  const registered = 'registered-models/search?max_results=100';
  const filter = (text: string) => `filter=${encodeURIComponent(text)}`;
  const deepToken = Buffer.from(JSON.stringify({ offset: DEEP })).toString(
    'base64',
  );
  return [
    {
      name: 'first page',
      ours: `models?limit=${PAGE}`,
      theirs: registered,
    },
    {
      name: 'deep page',
      ours: `models?limit=${PAGE}&cursor=${await deepCursor(stack)}`,
      theirs: `${registered}&page_token=${encodeURIComponent(deepToken)}`,
      tenTimes: true,
    },
    {
      name: 'name search',
      ours: `models?limit=${PAGE}&q=fraud`,
      theirs: `${registered}&${filter("name ILIKE '%fraud%'")}`,
      tenTimes: true,
    },
    {
      name: 'tag filter',
      ours: `models?limit=${PAGE}&tag=${encodeURIComponent('domain=fraud')}`,
      theirs: `${registered}&${filter("tags.domain = 'fraud'")}`,
      tenTimes: true,
    },
    {
      name: 'one model',
      ours: `models/mlflow/${part}`,
      theirs: `registered-models/get?name=${part}`,
    },
    {
      name: 'versions of a model',
      ours: `models/mlflow/${part}/versions?limit=${PAGE}`,
      theirs: `model-versions/search?max_results=100&${filter(
        `name = '${name}'`,
      )}`,
    },
  ];
}

/** Cursor of the last page, found as any caller finds it: page by page. */
async function deepCursor({ api: portal }: SyncedStack): Promise<string> {
  let cursor = '';
  for (let seen = 0; seen < DEEP; seen += PAGE) {
    const page = await portal.read<{ nextCursor: string }>(
      `models?limit=${PAGE}${cursor && `&cursor=${cursor}`}`,
    );
    cursor = encodeURIComponent(page.nextCursor);
  }
  return cursor;
}

async function measure(
  stack: SyncedStack,
  question: Question,
  options: { callers: number; personToken: string },
): Promise<void> {
  const { callers } = options;
  say(`API: ${question.name}, ${callers} callers`);
  const ask = async (call: Call, calls: number) =>
    await timeCalls(call, { callers, calls, warmUp: Math.max(8, callers * 2) });
  const theirs = await whileAsleep(stack.portal.pid, () =>
    ask(
      { url: `${stack.mlflow.url}/api/2.0/mlflow/${question.theirs}` },
      callers === 1 ? 60 : 120,
    ),
  );
  const asOne = async (token: string) =>
    await ask(
      {
        url: `${stack.portal.url}/api/modelport/v1/${question.ours}`,
        headers: { authorization: `Bearer ${token}` },
      },
      callers === 1 ? 200 : 800,
    );
  report(question, callers, await asOne(stack.portal.token), theirs);
  printFigure({
    ...labels(question, callers, 'p50', 'a person'),
    ours: (await asOne(options.personToken)).p50,
    theirs: { what: 'MLflow', value: theirs.p50 },
    unit: 'ms',
    goal: { ratioAtMost: 0.25 },
  });
}

function report(
  question: Question,
  callers: number,
  ours: Timing,
  theirs: Timing,
): void {
  for (const share of question.tenTimes
    ? (['p50', 'p95'] as const)
    : (['p50'] as const)) {
    printFigure({
      ...labels(question, callers, share, 'service'),
      ours: ours[share],
      theirs: { what: 'MLflow', value: theirs[share] },
      unit: 'ms',
      goal: { ratioAtMost: question.tenTimes ? 0.1 : 1 },
    });
  }
  if (callers === 8 && question.name === 'first page') {
    printFigure({
      ...labels(question, callers, 'throughput', 'service'),
      ours: ours.perSecond,
      theirs: { what: 'MLflow', value: theirs.perSecond },
      unit: 'pages/s',
      goal: { ratioAtLeast: 20 },
    });
  }
}

function labels(
  question: Question,
  callers: number,
  what: string,
  caller: string,
): { figure: string } {
  return {
    figure: `API ${question.name}, ${what}, ${
      callers === 1 ? 'one caller' : `${callers} callers`
    }, ${caller}`,
  };
}
