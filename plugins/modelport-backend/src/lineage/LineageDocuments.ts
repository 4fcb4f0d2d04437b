import {
  LineageFormat,
  LineageReceipt,
} from '@modelport/plugin-modelport-common';
import { dbtLineage } from './dbtLineage';
import { feastLineage } from './feastLineage';
import { keyOf } from './lineageNodes';
import { LineageStore, originOf } from './LineageStore';
import { readJson } from './readJson';

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
    options: { format: LineageFormat; namespace: string | undefined },
  ): Promise<LineageReceipt> {
    const { format, namespace } = options;
    const { project, part } = FORMATS[format](readJson(bytes), namespace);
    await this.options.store.replace([
      { origin: originOf('document', keyOf(`${format}:${project}`)), part },
    ]);
    return { project, nodes: part.nodes.size, edges: part.edges.size };
  }
}
