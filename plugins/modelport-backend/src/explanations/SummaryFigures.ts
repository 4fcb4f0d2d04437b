import {
  explanationBody,
  explanationSummary,
  summariseRowsLeft,
  withholdSummary,
} from '@modelport/plugin-modelport-common';
import { Knex } from 'knex';
import { SealedRows } from '../evidence/SealedRows';
import { fromJson } from '../models/modelRow';

const KIND = 'explanation';
const explainedRow = explanationBody.shape.rows.element;

/** What explanations tell in the clear: no figures of too few rows, and none of rows that were erased. */
export class SummaryFigures {
  constructor(
    private readonly options: {
      rows: Pick<SealedRows, 'open'>;
      /** Figures of fewer rows are withheld. */
      smallestGroup: number;
    },
  ) {}

  /** What may be told of a document of any kind. */
  told(document: { kind: string; body: unknown }): unknown {
    if (document.kind !== KIND) {
      return document.body;
    }
    const summary = explanationSummary.safeParse(document.body);
    return summary.success
      ? withholdSummary(summary.data, this.options.smallestGroup)
      : document.body;
  }

  /** Computes the summaries of documents anew from the rows that can be read; documents of other kinds stay. */
  async computeAnew(
    trx: Knex.Transaction,
    documents: readonly number[],
  ): Promise<void> {
    for (const id of documents) {
      const row = await trx('evidence_documents')
        .where({ id, kind: KIND, status: 'read' })
        .first<{ body: string } | undefined>('body');
      const summary = explanationSummary.safeParse(row && fromJson(row.body));
      if (summary.success) {
        const rows = await this.options.rows.open(id, undefined, trx);
        const left = rows.flatMap(one =>
          one === null ? [] : explainedRow.parse(one),
        );
        await trx('evidence_documents')
          .where({ id })
          .update({
            body: JSON.stringify(
              this.told({
                kind: KIND,
                body: summariseRowsLeft(summary.data, left),
              }),
            ),
          });
      }
    }
  }
}
