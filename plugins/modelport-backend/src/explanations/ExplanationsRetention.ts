import { DateTime } from 'luxon';
import { SealedRows } from '../evidence/SealedRows';
import { ExplanationsConfig } from './explanationsConfig';
import { ReasonRecordsStore } from './ReasonRecordsStore';

/** Forgets what was kept long enough: records of decisions, and the rows of explanations. */
export class ExplanationsRetention {
  constructor(
    private readonly options: {
      records: ReasonRecordsStore;
      rows: SealedRows;
      config: Pick<ExplanationsConfig, 'keepRows'>;
    },
  ) {}

  /** Gives how many decisions and rows can't be read any more. */
  async run(now: Date): Promise<{ decisions: number; rows: number }> {
    const { records, rows, config } = this.options;
    const before = DateTime.fromJSDate(now, { zone: 'utc' }).minus(
      config.keepRows,
    );
    return {
      decisions: await records.deleteOld(now.toISOString()),
      rows: await rows.forget('explanation', before.toJSDate().toISOString()),
    };
  }
}
