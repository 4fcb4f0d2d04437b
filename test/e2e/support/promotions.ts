import { expect } from '@playwright/test';
import type { Backend } from '../../stack/startBackend.ts';
import { type Answer, PortalApi, type ErrorBody } from './PortalApi.ts';

/** What tests look at of a promotion. */
export interface ApiPromotion {
  id: string;
  revision: number;
  state: string;
  decisions: Array<{ by: string; decision: string }>;
  copy: { source: string; name: string; version: string | null } | null;
  execution: { state: string; message: string | null };
}

/** Ada asks for a version of a model of MLflow. */
export async function requestPromotion(
  backend: Backend,
  of: { model: string; version?: string; environment?: string },
): Promise<ApiPromotion> {
  const ada = await PortalApi.ofPerson(backend.url, 'ada');
  const { status, body } = await ada.post<ApiPromotion>('promotions', {
    source: 'mlflow',
    name: of.model,
    version: of.version ?? '2',
    environment: of.environment ?? 'production',
    reason: 'Better on every month',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** A person approves what stands there now. */
export async function approvePromotion(
  backend: Backend,
  person: 'grace' | 'rosa',
  { id }: ApiPromotion,
): Promise<Answer<ApiPromotion & ErrorBody>> {
  const api = await PortalApi.ofPerson(backend.url, person);
  const { revision } = await api.read<ApiPromotion>(`promotions/${id}`);
  return await api.post(`promotions/${id}/decisions`, {
    decision: 'approve',
    comment: 'Looked at every gate',
    revision,
  });
}
