import { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  driftBody,
  performanceBody,
  profileBody,
  Version,
} from '@modelport/plugin-modelport-common';
import { MonitorEngines } from '../MonitorEngines';
import { MonitorRunner } from '../MonitorRunner';
import { readDefinition } from '../readDefinition';
import { ReferenceProfile } from '../ReferenceProfile';

/** What a monitor runs with. */
export interface RunOptions {
  folders: string[];
  now?: () => Date;
  kept?: ReferenceProfile | null;
  urlReader?: UrlReaderService;
  maxBytes?: number;
}

const VERSION: Version = {
  source: 'fake',
  name: 'credit',
  version: '1',
  aliases: [],
  stage: null,
  status: null,
  description: null,
  author: null,
  createdAt: null,
  runId: null,
  metrics: {},
  params: {},
  tags: {},
  measurements: [],
  decision: null,
  datasets: [],
  signature: null,
  sourceCode: null,
} as never;

/** Runs a monitor on files, and gives what it would have kept. */
export async function runMonitor(raw: object, options: RunOptions) {
  const read = readDefinition(raw);
  if ('problem' in read) {
    throw new Error(read.problem);
  }
  const documents: Array<{ kind: string; body: unknown }> = [];
  const runner = new MonitorRunner({
    evidence: {
      push: async pushed => {
        documents.push(
          ...pushed.documents.map(({ bytes }) => JSON.parse(String(bytes))),
        );
        return { items: [] };
      },
    },
    readings: {
      artefacts: jest.fn(),
      streamArtefact: jest.fn(),
    },
    engines: new MonitorEngines(),
    urlReader: options.urlReader ?? mockServices.urlReader.mock(),
    folders: options.folders,
    maxBytes: options.maxBytes ?? 1e8,
    now: options.now ?? (() => new Date('2026-11-21T00:00:00Z')),
  });
  const result = await runner.run(read.definition, VERSION, {
    signal: AbortSignal.timeout(50_000),
    kept: options.kept,
  });
  const of = (kind: string) =>
    documents.filter(one => one.kind === kind).map(({ body }) => body);
  return {
    result,
    drift: of('drift').map(body => driftBody.parse(body)),
    profiles: of('profile').map(body => profileBody.parse(body)),
    performance: of('performance').map(body => performanceBody.parse(body)),
  };
}

/** Rows as a file of texts. */
export function csvOf(rows: Array<Record<string, unknown>>): string {
  const names = Object.keys(rows[0]);
  const cell = (value: unknown) =>
    value === null || value === undefined ? '' : `"${String(value)}"`;
  return [names, ...rows.map(row => names.map(name => row[name]))]
    .map(line => line.map(cell).join(','))
    .join('\n');
}
