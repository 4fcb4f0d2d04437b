import { InputError } from '@backstage/errors';
import {
  MonitorData,
  MonitorDefinition,
} from '@modelport/plugin-modelport-common';
import { MonitoringEngine } from '@modelport/plugin-modelport-node';
import { DuckDbEngine } from './DuckDbEngine';
import { MonitorEngines } from './MonitorEngines';
import { LocalFiles, MonitorFiles } from './MonitorFiles';
import { identifier, literal } from './statements';

/** The data of a monitor, ready to be asked. */
export interface OpenData {
  engine: MonitoringEngine;
  /** What stands after FROM. */
  reference: string;
  current: string | null;
  /** Is the same as long as the data of the reference are; null where nobody knows. */
  referenceContent: string | null;
  /** @throws `InputError` where a file was changed while it was read. */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** Of the embedded engine. */
const MEMORY_MEGABYTES = 256;

/** Opens what a monitor reads: files in the embedded engine, or tables in the engine that holds them. */
export async function openData(
  definition: MonitorDefinition,
  version: { source: string; name: string; version: string },
  options: {
    engines: MonitorEngines;
    openFiles: () => Promise<MonitorFiles>;
  },
): Promise<OpenData> {
  const { current } = definition;
  const reference = definition.reference.data ?? current;
  if (!reference) {
    throw new InputError('The reference of the monitor has no data');
  }
  if ('engine' in reference) {
    const engine = options.engines.get(reference.engine);
    return {
      engine,
      reference: table(engine, reference.table),
      current: current ? tableOf(engine, current) : null,
      referenceContent: null,
      checkUnchanged: async () => undefined,
      close: async () => undefined,
    };
  }
  const files = await options.openFiles();
  const fetched: LocalFiles[] = [];
  const relations = new Map<string, string>();
  const relation = async (data: MonitorData, name: string) => {
    if ('engine' in data) {
      throw new InputError(
        'The reference lies in files and the current data in a table; expected both in files, or both in one engine',
      );
    }
    const key = JSON.stringify(data);
    const known = relations.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = await files.fetch(data, version, name);
    fetched.push(found);
    const from = fromFiles(found);
    relations.set(key, from);
    return from;
  };
  try {
    const from = await relation(reference, 'reference');
    const [{ content }] = fetched;
    const currentFrom = current ? await relation(current, 'current') : null;
    const engine = new DuckDbEngine({
      files: fetched.flatMap(({ paths }) => paths),
      folder: files.folder,
      memoryMegabytes: MEMORY_MEGABYTES,
    });
    return {
      engine,
      reference: from,
      current: currentFrom,
      referenceContent: content,
      checkUnchanged: async () => {
        for (const one of fetched) {
          if (!(await files.isUnchanged(one))) {
            throw new InputError(
              'A file was changed while it was read; it is read again with the next round',
            );
          }
        }
      },
      close: async () => {
        engine.close();
        await files.close();
      },
    };
  } catch (error) {
    await files.close();
    throw error;
  }
}

function fromFiles({ paths, format }: LocalFiles): string {
  const list = `[${paths.map(literal).join(', ')}]`;
  // Of text files every value is read as it was written, so that what is no number can be counted.
  return format === 'parquet'
    ? `read_parquet(${list}, union_by_name = true)`
    : `read_csv(${list}, all_varchar = true, header = true, union_by_name = true)`;
}

function tableOf(engine: MonitoringEngine, data: MonitorData): string {
  if (!('engine' in data) || data.engine !== engine.id) {
    throw new InputError(
      `The reference lies in the engine ${engine.id}; expected the current data there as well`,
    );
  }
  return table(engine, data.table);
}

function table(engine: MonitoringEngine, name: string): string {
  return name
    .split('.')
    .map(part => identifier(engine.dialect, part))
    .join('.');
}
