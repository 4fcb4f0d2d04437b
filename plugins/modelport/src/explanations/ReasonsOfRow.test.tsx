import {
  NOT_ADVERSE,
  ReasonCodeDictionary,
} from '@modelport/plugin-modelport-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  TEST_DICTIONARY,
  explanationsApi,
  renderExplanations,
} from '../__testUtils__/renderExplanations';
import { testResponseError } from '../__testUtils__/renderPage';
import { testEvidenceCount } from '../__testUtils__/testData';
import { testComputed } from '../__testUtils__/testExplanation';

const ID = { source: 'demo', name: 'car-loan-default' };

describe('the reasons of a row', () => {
  it('give the reasons of a row, or why there are none', async () => {
    const rows = [
      {
        recordId: 'r1',
        withheld: null,
        reasons: [
          {
            rank: 1,
            code: 'A',
            feature: 'income',
            direction: 'low',
            contribution: 0.5,
            text: 'Einkommen',
            source: 'Reg B C-1',
          },
        ],
      },
    ];
    const answer = {
      method: 'By hand',
      dictionaryVersion: '7',
      dictionaryDigest: 'd'.repeat(64),
      explanationDigest: null,
      rows,
    };
    const giveReasons = jest
      .fn()
      .mockResolvedValueOnce(answer)
      .mockResolvedValueOnce({
        ...answer,
        rows: [
          { recordId: 'r2', withheld: 'A prohibited factor', reasons: [] },
        ],
      });
    const getReasonCodes = jest
      .fn(
        async (): Promise<ReasonCodeDictionary> => ({
          ...TEST_DICTIONARY,
          finding: {
            severity: 'critical' as const,
            decisions: 1,
            features: ['age'],
            firstAt: '2026-01-01T00:00:00Z',
            lastAt: '2026-01-01T00:00:00Z',
            closed: null,
          },
        }),
      )
      .mockResolvedValueOnce({ ...TEST_DICTIONARY, finding: null });
    renderExplanations(
      explanationsApi({ giveReasons, getReasonCodes }),
      '?row=a',
    );
    const button = await screen.findByRole('button', {
      name: 'Give the reasons',
    });
    await userEvent.selectOptions(screen.getByLabelText('Language'), 'de');
    await userEvent.click(button);
    expect(
      await screen.findByRole('row', {
        name: '1 A Einkommen Income below 40 income (low) +0.5 Reg B C-1',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Reasons of this decision as CSV/ }),
    ).toBeInTheDocument();
    expect(giveReasons).toHaveBeenCalledWith(ID, '2', {
      rowIds: ['a'],
      language: 'de',
      cutoff: 0.25,
    });
    await userEvent.selectOptions(
      screen.getByLabelText('Decision'),
      'declined by the rule area',
    );
    await userEvent.click(button);
    expect(
      await screen.findByText(/No reasons are given: A prohibited factor/),
    ).toBeInTheDocument();
    // What was raised by that is told at once.
    expect(
      await screen.findByText(/^Critical: 1 decision was given no reasons/),
    ).toBeInTheDocument();
    expect(giveReasons).toHaveBeenLastCalledWith(ID, '2', {
      rowIds: ['a'],
      language: 'de',
      outcome: 'area',
    });
    expect(screen.getByText(/1 error, 0 warnings/)).toBeInTheDocument();
    expect(
      screen.getByText(/2 recorded adverse decisions of this version/),
    ).toBeInTheDocument();
  });

  it('show how the reasons would move with a value, as a preview', async () => {
    const reason = {
      rank: 1,
      feature: 'income',
      direction: 'low',
      contribution: 0.5,
      text: 'Income',
    };
    const preview = {
      use: 'preview' as const,
      method: 'By hand',
      dictionaryVersion: '7',
      dictionaryDigest: 'd'.repeat(64),
      explanationDigest: null,
      modelDigest: null,
    };
    const first = { withheld: null, reasons: [{ ...reason, code: 'A' }] };
    const previewReasons = jest.fn(
      async (_id, _version, { rows }: { rows: Array<{ age?: number }> }) => ({
        ...preview,
        rows: rows.map(({ age }) => {
          if (age === 99) {
            return { withheld: 'A prohibited factor, "age"', reasons: [] };
          }
          if (age === 20) {
            return { withheld: NOT_ADVERSE, reasons: [] };
          }
          const other = { ...reason, code: 'B', feature: 'age', text: 'Age' };
          return age === 44
            ? {
                withheld: null,
                reasons: [
                  { ...other, direction: null, contribution: 0.75 },
                  { ...reason, code: 'A', rank: 2 },
                ],
              }
            : first;
        }),
      }),
    );
    renderExplanations(
      explanationsApi({
        computeExplanation: async (_id, _version, { rows }) => ({
          ...testComputed(1),
          rows: rows.flatMap(() => testComputed(1).rows),
        }),
        previewReasons,
      }),
    );
    const whatIf = await screen.findByRole('region', { name: 'What if' });
    const inside = within(whatIf);
    await userEvent.click(
      await inside.findByRole('button', {
        name: 'Start from the input example',
      }),
    );
    // Not before somebody asks: looking is recorded.
    expect(await inside.findByText(/^Output 1 /)).toBeInTheDocument();
    expect(previewReasons).not.toHaveBeenCalled();
    await userEvent.click(
      inside.getByRole('button', { name: 'Preview the reasons' }),
    );
    expect(await inside.findByText('Now: A')).toBeInTheDocument();
    expect(inside.queryByText(/Where it started/)).not.toBeInTheDocument();
    expect(
      inside.getByText(/nothing of this may stand in a notice/),
    ).toBeInTheDocument();
    const age = inside.getByLabelText('age');
    await userEvent.clear(age);
    await userEvent.type(age, '44');
    expect(await inside.findByText('Now: B, A')).toBeInTheDocument();
    expect(inside.getByText('Where it started: A')).toBeInTheDocument();
    expect(
      inside.getByRole('row', { name: '– 1 B Age age – +0.75' }),
    ).toBeInTheDocument();
    expect(
      inside.getByRole('row', { name: '1 2 A Income income (low) +0.5 +0.5' }),
    ).toBeInTheDocument();
    expect(previewReasons).toHaveBeenLastCalledWith(ID, '2', {
      rows: [
        { income: 10, age: 30 },
        { income: 10, age: 44 },
      ],
      class: undefined,
      language: 'en',
    });
    await userEvent.clear(age);
    await userEvent.type(age, '20');
    expect(
      await inside.findByText(
        'Now none: At the cutoff of the dictionary, this is no decline.',
      ),
    ).toBeInTheDocument();
    await userEvent.clear(age);
    await userEvent.type(age, '99');
    expect(
      await inside.findByText('Now none: A prohibited factor, "age"'),
    ).toBeInTheDocument();
    await userEvent.type(age, 'x');
    expect(
      await inside.findByText(/no row yet whose reasons/),
    ).toBeInTheDocument();
    expect(inside.queryByText(/^Now/)).not.toBeInTheDocument();
  });

  it('say why no reasons can be previewed', async () => {
    const refused = await testResponseError(
      400,
      'The baseline "near the cutoff" rests on 3 explained rows',
    );
    const api = {
      computeExplanation: async () => testComputed(1),
      previewReasons: () => Promise.reject(refused),
    };
    const open = async () =>
      within(await screen.findByRole('region', { name: 'What if' }));
    const first = renderExplanations(explanationsApi(api));
    const inside = await open();
    await userEvent.click(
      await inside.findByRole('button', { name: /the input example/ }),
    );
    await userEvent.click(
      inside.getByRole('button', { name: 'Preview the reasons' }),
    );
    expect(await inside.findByRole('alert')).toHaveTextContent(
      /rests on 3 explained rows/,
    );
    first.unmount();
    renderExplanations(
      explanationsApi({
        ...api,
        listEvidence: async () => testEvidenceCount(0),
      }),
    );
    expect(
      await (await open()).findByText(/^No dictionary of reason codes/),
    ).toBeInTheDocument();
  });
});
