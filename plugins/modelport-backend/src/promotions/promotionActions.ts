import {
  ActionState,
  modelportPromotionsDecidePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsRequestPermission,
  modelportPromotionsRollbackPermission,
  modelportPromotionsWaivePermission,
  PromotionActions,
} from '@modelport/plugin-modelport-common';
import { isUntouched } from './executionRules';
import { PromotionRecord } from './PromotionRecord';
import { PromotionsAccess } from './PromotionsAccess';
import { mayRefuse, whyNotDecide, whyOver } from './refusals';
import { whyNotAbort, whyNotNext } from './rollout/rolloutRules';

type Request = Parameters<PromotionsAccess['anyPerson']>[0];

/** What the caller may do with a promotion now, and why not what not. */
export async function actionsFor(
  may: PromotionsAccess,
  req: Request,
  record: PromotionRecord,
  at: string,
): Promise<PromotionActions> {
  const who = await may.whoAsks(req);
  const [decide, waive, execute, request, rollback] = await may.which(
    req,
    [
      modelportPromotionsDecidePermission,
      modelportPromotionsWaivePermission,
      modelportPromotionsExecutePermission,
      modelportPromotionsRequestPermission,
      modelportPromotionsRollbackPermission,
    ],
    record,
  );
  const nobody = who ? undefined : 'Only people do this';
  const lacks = (allowed: boolean, permission: { name: string }) =>
    nobody ?? (allowed ? undefined : lackOf(permission));
  const decides = lacks(decide, modelportPromotionsDecidePermission);
  const whyNot = who && whyNotDecide(record, who);
  const over = whyOver(record);
  const own = record.excluded.find(one => one.entityRef === who?.entityRef);
  const isAside = record.decisions.some(
    ({ by, decision }) => by === who?.entityRef && decision === 'recuse',
  );
  const has = record.decisions.some(({ by }) => by === who?.entityRef);
  return {
    approve: stateOf(decides ?? whyNot),
    refuse: stateOf(decides ?? (who && whyNotDecide(mayRefuse(record), who))),
    recuse: stateOf(
      decides ??
        over ??
        (has ? whyNot ?? 'You decided already' : undefined) ??
        (own ? whyNot : undefined),
    ),
    waive: stateOf(
      lacks(waive, modelportPromotionsWaivePermission) ??
        over ??
        (own ? `You are the ${own.why} of it` : undefined) ??
        (isAside ? 'You stepped aside' : undefined) ??
        (who?.isKnown ? undefined : 'The catalog does not know you'),
    ),
    withdraw: stateOf(
      lacks(request, modelportPromotionsRequestPermission) ??
        (isUntouched(record) ? undefined : over) ??
        (record.requestedBy === who?.entityRef
          ? undefined
          : 'Only who requested it takes it back'),
    ),
    execute: stateOf(
      lacks(execute, modelportPromotionsExecutePermission) ??
        (record.state === 'failed'
          ? undefined
          : 'Only a failed execution is tried again'),
    ),
    next: stateOf(
      lacks(execute, modelportPromotionsExecutePermission) ??
        whyNotNext(record, at),
    ),
    abort: stateOf(
      lacks(rollback, modelportPromotionsRollbackPermission) ??
        whyNotAbort(record),
    ),
    comment: stateOf(nobody),
  };
}

/** Whether something may be done, and why not. */
export function stateOf(reason: string | undefined): ActionState {
  return { allowed: reason === undefined, reason: reason ?? null };
}

/** Why somebody may not who lacks a permission. */
export function lackOf({ name }: { name: string }): string {
  return `The permissions of this portal do not let you (${name})`;
}
