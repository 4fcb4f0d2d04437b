import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { pointsOfDocument } from '../src/monitoring/pointsOfDocument';
import { MonitoredVersion } from '../src/monitoring/PointToWrite';

export const DAY_MS = 86_400_000;
export const START = Date.UTC(2026, 0, 1);

/** The points of a day's document about a model with some features. */
export function drift(features: number, day: number) {
  const at = (n: number) => new Date(START + n * DAY_MS).toISOString();
  return pointsOfDocument({
    kind: 'drift',
    producer: { name: 'bench', version: '1' },
    body: {
      window: { start: at(day), end: at(day + 1) },
      figures: Array.from({ length: features }, (_, feature) => ({
        feature: `feature_${feature}`,
        statistic: 'psi',
        value: ((feature * 7 + day * 13) % 100) / 300,
        threshold: 0.2,
        direction: 'above',
        bins: 10,
        nReference: 10_000,
        nCurrent: 2_000,
      })),
    },
  }).points;
}

/** One of the models that are measured. */
export function version(model: number): MonitoredVersion {
  return {
    source: 'bench',
    name: `model-${model}`,
    version: '1',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

/** An empty database with the portal's tables: a SQLite file, or a new database of a PostgreSQL. */
export async function openDatabase(
  place: { file: string } | { postgres: string; name: string },
): Promise<Knex> {
  if ('postgres' in place) {
    const admin = knexFactory({
      client: 'pg',
      connection: `${place.postgres}/postgres`,
    });
    await admin.raw('create database ??', [place.name]);
    await admin.destroy();
  }
  const knex =
    'file' in place
      ? knexFactory({
          client: 'better-sqlite3',
          connection: { filename: place.file },
          useNullAsDefault: true,
        })
      : knexFactory({
          client: 'pg',
          connection: `${place.postgres}/${place.name}`,
        });
  await knex.migrate.latest({ directory: join(__dirname, '../migrations') });
  return knex;
}

/** Bytes that points take with their indexes. */
export async function bytesOfPoints(knex: Knex): Promise<number> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      "select pg_total_relation_size('monitoring_points') as bytes",
    );
    return Number(rows[0].bytes);
  }
  const rows = await knex.raw(
    "select sum(pgsize) as bytes from dbstat where name in ('monitoring_points', 'sqlite_autoindex_monitoring_points_1')",
  );
  return Number(rows[0].bytes);
}

/** The 95th percentile. */
export function p95(milliseconds: number[]): number {
  return milliseconds.sort((a, b) => a - b)[
    Math.floor(milliseconds.length * 0.95)
  ];
}
