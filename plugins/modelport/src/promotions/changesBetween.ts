import { Gate, Promotion } from '@modelport/plugin-modelport-common';

/** One thing that is another than before. */
export type PromotionChange =
  | { what: 'state'; from: Promotion['state']; to: Promotion['state'] }
  | { what: 'decision'; by: string; decision: 'approve' | 'refuse' | 'recuse' }
  | { what: 'waiver'; gate: string; by: string }
  | {
      what: 'gate';
      gate: string;
      from: Gate['outcome'];
      to: Gate['outcome'];
    }
  | { what: 'evidence'; added: number; removed: number };

/** What has changed from one look at a promotion to the next. */
export function changesBetween(
  before: Promotion,
  after: Promotion,
): PromotionChange[] {
  const gates = gatesNow(before);
  const changes: PromotionChange[] = after.decisions
    .slice(before.decisions.length)
    .map(({ by, decision }) => ({ what: 'decision', by, decision }));
  for (const gate of gatesNow(after)) {
    const old = gates.find(({ id }) => id === gate.id);
    if (old && old.outcome !== gate.outcome) {
      changes.push({
        what: 'gate',
        gate: gate.title,
        from: old.outcome,
        to: gate.outcome,
      });
    }
    if (gate.waiver && !old?.waiver) {
      changes.push({ what: 'waiver', gate: gate.title, by: gate.waiver.by });
    }
  }
  const [old, now] = [before, after].map(
    promotion => new Set(evidenceNow(promotion).map(({ digest }) => digest)),
  );
  const added = [...now].filter(digest => !old.has(digest)).length;
  const removed = [...old].filter(digest => !now.has(digest)).length;
  if (added + removed > 0) {
    changes.push({ what: 'evidence', added, removed });
  }
  if (before.state !== after.state) {
    changes.push({ what: 'state', from: before.state, to: after.state });
  }
  return changes;
}

/** The gates as they stand now. */
export function gatesNow(promotion: Promotion): Gate[] {
  return promotion.now?.gates ?? promotion.gates;
}

/** The evidence as it stands now. */
export function evidenceNow(promotion: Promotion): Promotion['evidence'] {
  return promotion.now?.evidence ?? promotion.evidence;
}
