import { ObservationReceipt } from '@modelport/plugin-modelport-common';

type Item = ObservationReceipt['notTaken'][number];

/** What of a batch was not counted, and why: each reason once. */
export class NotTaken {
  private readonly items: Item[] = [];

  add(what: Item['what'], count: number, reason: string): void {
    const known = this.items.find(
      one => one.what === what && one.reason === reason,
    );
    if (known) {
      known.count += count;
    } else if (count > 0) {
      this.items.push({ what, count, reason });
    }
  }

  list(): Item[] {
    return this.items;
  }
}
