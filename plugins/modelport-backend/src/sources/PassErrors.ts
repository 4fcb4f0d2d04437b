import { SourceError } from '@modelport/plugin-modelport-common';
import { IngestProblem } from '../models/IngestProblem';

/** Errors kept of one pass; the rest is counted. */
export const MAX_ERRORS = 100;

/** What a pass met that a person should know, each thing once. */
export class PassErrors {
  private readonly errors: SourceError[] = [];
  private dropped = 0;

  add(problems: IngestProblem[]): void {
    const at = new Date().toISOString();
    for (const { where, message } of problems) {
      if (this.errors.some(e => e.where === where && e.message === message)) {
        continue;
      }
      if (this.errors.length < MAX_ERRORS) {
        this.errors.push({ where, message, at });
      } else {
        this.dropped += 1;
      }
    }
  }

  /**
   * All of them with those that still stand from earlier passes, and where there are too many how many are left out.
   *
   * @param options - `more` is the number of those that `standing` leaves out.
   */
  listWith(options: {
    standing: IngestProblem[];
    more: number;
    where: string;
  }): SourceError[] {
    const all = new PassErrors();
    all.dropped = this.dropped + options.more;
    all.errors.push(...this.errors);
    all.add(options.standing);
    return all.dropped === 0
      ? all.errors
      : [
          ...all.errors,
          {
            where: options.where,
            message: `${all.dropped} more problems are not listed`,
            at: new Date().toISOString(),
          },
        ];
  }
}
