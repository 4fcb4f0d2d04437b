import { PromotionState } from '@modelport/plugin-modelport-common';
import { useCallback, useMemo } from 'react';
import { NavigateOptions, useSearchParams } from 'react-router-dom';
import { PromotionsQuery } from '../api/modelportApi';

export const PROMOTION_STATES: PromotionState[] = [
  'requested',
  'in_review',
  'approved',
  'executing',
  'live',
  'failed',
  'refused',
  'withdrawn',
  'expired',
  'superseded',
  'rolled_back',
];

/** Promotions that are not over. */
export const OPEN_STATES: PromotionState[] = [
  'requested',
  'in_review',
  'approved',
  'executing',
];

/** Whose promotions the inbox shows. */
export const SCOPES = ['waiting', 'mine', 'all'] as const;

export type Scope = (typeof SCOPES)[number];

const PAGE_SIZE = 25;

/** What the inbox shows, as the address holds it. */
export interface InboxView {
  scope: Scope;
  states: PromotionState[];
  environments: string[];
  model: string;
  cursor?: string;
}

/** Reads the view from the address; what the API does not know is left out. */
export function readInboxView(params: URLSearchParams): InboxView {
  return {
    scope: SCOPES.find(scope => scope === params.get('show')) ?? 'waiting',
    states: PROMOTION_STATES.filter(state =>
      params.getAll('state').includes(state),
    ),
    environments: params.getAll('environment'),
    model: params.get('model') ?? '',
    cursor: params.get('cursor') ?? undefined,
  };
}

function writeInboxView(view: InboxView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.scope !== 'waiting') {
    params.set('show', view.scope);
  }
  view.states.forEach(state => params.append('state', state));
  view.environments.forEach(name => params.append('environment', name));
  if (view.model) {
    params.set('model', view.model);
  }
  if (view.cursor) {
    params.set('cursor', view.cursor);
  }
  return params;
}

/** A model by its source and name, or those with a text in their names. */
export function modelQuery(text: string | undefined) {
  return text?.includes('/') ? { model: text } : { q: text || undefined };
}

/** The view as the API takes it. */
export function toInboxQuery(view: InboxView): PromotionsQuery {
  return {
    waitingFor: view.scope === 'waiting' ? 'me' : undefined,
    requestedBy: view.scope === 'mine' ? 'me' : undefined,
    state: view.states,
    environment: view.environments,
    ...modelQuery(view.model),
    limit: PAGE_SIZE,
    cursor: view.cursor,
  };
}

/** The view of the inbox, held in the address, and what changes it. */
export function useInboxView() {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readInboxView(params), [params]);
  const change = useCallback(
    (part: Partial<InboxView>, options?: NavigateOptions) =>
      setParams(
        before =>
          writeInboxView({
            ...readInboxView(before),
            cursor: undefined,
            ...part,
          }),
        options,
      ),
    [setParams],
  );
  const search = useCallback(
    (model: string) => change({ model }, { replace: true }),
    [change],
  );
  return { view, change, search };
}
