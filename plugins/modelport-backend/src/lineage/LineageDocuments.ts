import {
  LineageFormat,
  LineageReceipt,
} from '@modelport/plugin-modelport-common';
import { InputError } from '@backstage/errors';
import { dbtLineage } from './dbtLineage';
import { feastLineage } from './feastLineage';
import { keyOf } from './lineageNodes';
import { LineageStore, originOf } from './LineageStore';
import { OddVersionError } from './namedVersion';
import { readJson } from './readJson';
import { refuseLargeGraph } from './TooMuchError';

const FORMATS = { dbt: dbtLineage, feast: feastLineage };

/** Takes documents of other tools that say how data is made. */
export class LineageDocuments {
  constructor(private readonly options: { store: LineageStore }) {}

  /**
   * Takes a document in place of the one before it of the same project.
   *
   * @throws `InputError` saying what is wrong and where; what was said before stays then.
   */
  async take(
    bytes: Buffer,
    options: {
      format: LineageFormat;
      namespace: string | undefined;
      /** Ends the work before anything is kept. */
      signal?: AbortSignal;
    },
  ): Promise<LineageReceipt> {
    const { format, namespace, signal } = options;
    const { project, part } = lineageOf(bytes, { format, namespace });
    refuseLargeGraph(part);
    signal?.throwIfAborted();
    await this.options.store.replace([
      { origin: originOf('document', keyOf(`${format}:${project}`)), part },
    ]);
    return { project, nodes: part.nodes.size, edges: part.edges.size };
  }
}

function lineageOf(
  bytes: Buffer,
  options: { format: LineageFormat; namespace: string | undefined },
): ReturnType<typeof dbtLineage> {
  try {
    return FORMATS[options.format](readJson(bytes), options.namespace);
  } catch (error) {
    throw error instanceof OddVersionError
      ? new InputError(
          `The document names a version that there cannot be, ${error.message}. Nothing was kept.`,
        )
      : error;
  }
}
