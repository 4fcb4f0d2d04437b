import { createServer, type Server } from 'node:http';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { temporaryFolder } from './paths.ts';
import { readyOrStopped, startProcess } from './startProcess.ts';
import { waitForAddress } from './waitFor.ts';

/** A Prometheus that scrapes what serves a model. */
export interface Prometheus {
  url: string;
  stop(): Promise<void>;
}

const LATENCIES = [0.01, 0.1, 1];

/**
 * Starts Debian's Prometheus on an empty folder. What it scrapes answers ten requests of two rows between two scrapes,
 * one of which fails and one of which takes longer than a tenth of a second.
 *
 * @param job - name of the model.
 */
export async function startPrometheus(job: string): Promise<Prometheus> {
  const folder = temporaryFolder('prometheus');
  const exporter = await startExporter();
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: [
        {
          job_name: job,
          static_configs: [{ targets: [`127.0.0.1:${exporter.port}`] }],
        },
      ],
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const running = startProcess({
    name: 'prometheus',
    command: 'prometheus',
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    cwd: folder,
  });
  await readyOrStopped(running, () =>
    waitForAddress(`${url}/-/ready`, {
      deadlineMs: 60_000,
      stillAlive: running.stillAlive,
    }),
  );
  return {
    url,
    stop: async () => {
      await running.stop();
      await new Promise(resolve => exporter.server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startExporter(): Promise<{ server: Server; port: number }> {
  let scrapes = 0;
  const server = createServer((_req, res) => {
    scrapes += 1;
    res.setHeader('content-type', 'text/plain; version=0.0.4');
    res.end(metricsAfter(scrapes));
    // Prometheus would keep the connection, and the server open.
    res.once('finish', () => res.socket?.destroy());
  });
  const port = await freePort();
  await new Promise<void>(resolve =>
    server.listen(port, '127.0.0.1', () => resolve()),
  );
  return { server, port };
}

/** As a generated repository exposes them. */
function metricsAfter(scrapes: number): string {
  const requests = scrapes * 10;
  const within = [0.5, 0.9, 1].map(share => share * requests);
  const buckets = (name: string, edges: number[]) => [
    `# TYPE ${name} histogram`,
    ...edges.map((edge, at) => `${name}_bucket{le="${edge}"} ${within[at]}`),
    `${name}_bucket{le="+Inf"} ${requests}`,
    `${name}_count ${requests}`,
    `${name}_sum ${requests / 20}`,
  ];
  return [
    '# TYPE model_rows_total counter',
    `model_rows_total{answered_by="champion"} ${requests * 2}`,
    '# TYPE model_errors_total counter',
    `model_errors_total{where="request"} ${scrapes}`,
    ...buckets('model_seconds', LATENCIES),
    ...buckets('model_score', [0.1, 0.5, 1]),
    '',
  ].join('\n');
}
