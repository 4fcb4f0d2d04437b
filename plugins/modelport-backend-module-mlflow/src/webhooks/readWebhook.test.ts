import { createHmac } from 'node:crypto';
import { recordedDelivery } from '../__testUtils__/recorded';
import { readWebhook } from './readWebhook';

const { secret, delivery } = recordedDelivery();
const sentAt = Number(delivery.headers['X-MLflow-Timestamp']) * 1000;

const read = (change: Partial<Parameters<typeof readWebhook>[0]> = {}) =>
  readWebhook({
    headers: delivery.headers,
    body: Buffer.from(delivery.body),
    secret,
    workspace: undefined,
    now: sentAt,
    ...change,
  });

function signed(body: string, id = 'd1') {
  const headers = {
    'x-mlflow-delivery-id': id,
    'x-mlflow-timestamp': String(sentAt / 1000),
  };
  const signature = createHmac('sha256', secret)
    .update(`${id}.${sentAt / 1000}.${body}`)
    .digest('base64');
  return {
    headers: { ...headers, 'x-mlflow-signature': `v1,${signature}` },
    body: Buffer.from(body),
  };
}

describe('readWebhook', () => {
  it('reads what MLflow sent', () => {
    expect(read()).toEqual({
      deliveryId: '6d3c5e6a-f852-4876-b87d-89b650e9c4a5',
      models: ['example_model'],
    });
  });

  it.each([
    ['another secret', { secret: 'other' }],
    ['another body', { body: Buffer.from(`${delivery.body} `) }],
    [
      'another time',
      { headers: { ...delivery.headers, 'X-MLflow-Timestamp': '1795251169' } },
    ],
    [
      'another delivery',
      { headers: { ...delivery.headers, 'X-MLflow-Delivery-Id': 'x' } },
    ],
    [
      'a signature of another length',
      { headers: { ...delivery.headers, 'X-MLflow-Signature': 'v1,abcd' } },
    ],
    ['no signature', { headers: {} }],
    [
      'an id that could be cut elsewhere',
      signed('{"entity":"registered_model","action":"created"}', 'd1.1'),
    ],
  ])('refuses %s', (_, change) => {
    expect(() => read(change)).toThrow(
      expect.objectContaining({ name: 'AuthenticationError' }),
    );
  });

  it('refuses what is older or newer than five minutes', () => {
    expect(() => read({ now: sentAt + 299_000 })).not.toThrow();
    expect(() => read({ now: sentAt + 301_000 })).toThrow('300 seconds');
    expect(() => read({ now: sentAt - 301_000 })).toThrow('300 seconds');
  });

  it('takes events that are about no model', () => {
    const other = signed(
      '{"entity":"prompt","action":"created","data":{"name":"p"}}',
    );
    expect(read(other)).toEqual({ deliveryId: 'd1', models: [] });
  });

  it('leaves other workspaces alone', () => {
    const event = signed(
      '{"entity":"registered_model","action":"created","workspace":"a","data":{"name":"m"}}',
    );
    expect(read({ ...event, workspace: 'a' }).models).toEqual(['m']);
    expect(read({ ...event, workspace: 'b' }).models).toEqual([]);
  });

  it.each(['[]', '{"entity":1}', 'no JSON'])('refuses the body %s', body => {
    expect(() => read(signed(body))).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
