import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { runAction } from '../__testUtils__/runAction';
import { createPromotionRequestAction } from './createPromotionRequestAction';

const INPUT = {
  source: 'mlflow',
  name: 'credit',
  version: '3',
  environment: 'production',
  reason: 'Better.',
};

describe('modelport:promotion:request', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createPromotionRequestAction({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });

  it('asks in the name of who started the task', async () => {
    const asked = jest.fn();
    server.use(
      http.post('*/api/modelport/v1/promotions', async ({ request }) => {
        asked(await request.json(), request.headers.get('authorization'));
        return HttpResponse.json(
          { id: 'p1', state: 'in_review', gates: [] },
          { status: 201 },
        );
      }),
    );
    const { output, checkpoints } = await runAction(action, INPUT);
    expect(output).toEqual({ id: 'p1', state: 'in_review' });
    expect(asked).toHaveBeenCalledWith(
      INPUT,
      expect.stringMatching(/^Bearer mock-service-token:.*user:default\/mock/),
    );
    expect(checkpoints).toEqual(['promotion.mlflow.credit.3.production']);
  });

  it('says why it was refused', async () => {
    server.use(
      http.post('*/api/modelport/v1/promotions', () =>
        HttpResponse.json(
          { error: { name: 'ConflictError', message: 'One is under way' } },
          { status: 409 },
        ),
      ),
    );
    await expect(runAction(action, INPUT)).rejects.toThrow(
      'The promotion of credit 3 to production was refused with 409: One is under way',
    );
  });
});
