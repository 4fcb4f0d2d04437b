import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { testEntity } from '../__testUtils__/renderPage';
import { testModel, testModelPage } from '../__testUtils__/testData';
import { ModelportApi, modelportApiRef } from '../api/modelportApi';
import { renderField } from './__testUtils__/renderField';
import { ModelNameField } from './ModelNameField';

function show(
  listModels: ModelportApi['listModels'] = async () => testModelPage([]),
) {
  const asked = jest.fn(listModels);
  const sent = renderField<string>(ModelNameField, {
    apis: [
      [modelportApiRef, { listModels: asked }],
      [catalogApiRef, catalogApiMock({ entities: [testEntity()] })],
    ],
    title: 'Name',
    description: 'Lower-case words.',
    required: true,
  });
  return { sent, asked };
}

describe('ModelNameField', () => {
  const name = () => screen.getByLabelText(/^Name/);

  it('sends what is written, and says that the name is free', async () => {
    const { sent } = show();
    expect(screen.getByText('Lower-case words.')).toBeVisible();
    expect(name()).toBeRequired();
    await userEvent.type(name(), 'credit-risk');
    expect(sent.at(-1)).toBe('credit-risk');
    expect(
      await screen.findByText('Free. Its Python package is credit_risk.'),
    ).toBeVisible();
    expect(name()).toBeValid();
  });

  it.each([
    ['lambda', 'is a keyword of Python'],
    ['Credit Risk', 'lower-case words'],
    ['../../etc', 'lower-case words'],
    ['x'.repeat(41), '40 are allowed'],
    ['car-loan-default', 'the catalog has such a resource'],
  ])('says of %s why it can’t be had', async (written, words) => {
    show();
    await userEvent.click(name());
    await userEvent.paste(written);
    expect(await screen.findByText(new RegExp(words))).toBeVisible();
    expect(name()).toBeInvalid();
  });

  it('says which source has such a model', async () => {
    show(async () => testModelPage([testModel({ name: 'taken' })]));
    await userEvent.type(name(), 'taken');
    expect(
      await screen.findByText(
        'This name is taken: there is such a model in demo.',
      ),
    ).toBeVisible();
  });

  it('asks once somebody stops writing, and not for every letter', async () => {
    const { asked } = show();
    await userEvent.type(name(), 'credit-risk');
    await screen.findByText(/^Free/);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith({ q: 'credit-risk', limit: 500 });
  });

  it('says nothing of a name where the answer was for another', async () => {
    const answers: Array<() => void> = [];
    show(
      () =>
        new Promise(resolve =>
          answers.push(() =>
            resolve(testModelPage([testModel({ name: 'one' })])),
          ),
        ),
    );
    await userEvent.type(name(), 'one');
    await waitFor(() => expect(answers).toHaveLength(1));
    await userEvent.type(name(), '-more');
    answers[0]();
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]();
    expect(await screen.findByText(/^Free/)).toBeVisible();
    expect(screen.queryByText(/is taken/)).toBeNull();
  });

  it('says that nobody could be asked, and that it is checked later', async () => {
    show(async () => {
      throw new Error('Nobody answers');
    });
    await userEvent.type(name(), 'credit-risk');
    expect(
      await screen.findByText(/could not be looked up; it is checked again/),
    ).toBeVisible();
  });
});
