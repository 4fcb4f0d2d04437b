import { useApi } from '@backstage/frontend-plugin-api';
import {
  ReasonCodeRevision,
  ReasonCodes,
} from '@modelport/plugin-modelport-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage, testResponseError } from '../__testUtils__/renderPage';
import { testEvidenceCount } from '../__testUtils__/testData';
import { testExplanation } from '../__testUtils__/testExplanation';
import { ModelportApi, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { dictionaryChanges } from './dictionaryChanges';
import DictionarySection from './DictionarySection';
import { findReasonCodes } from './findExplanation';

const ID = { source: 'demo', name: 'car-loan-default' };

const DICTIONARY: ReasonCodes = {
  version: '1',
  adverse: 'increase',
  baseline: 'base value',
  codes: [
    {
      feature: 'income',
      direction: 'low',
      code: 'R1',
      internal: 'Income low',
      consumer: { en: 'Income insufficient' },
      source: 'Reg B C-1',
    },
    {
      feature: 'age',
      code: 'X',
      internal: 'Age',
      consumer: { en: 'Age' },
      prohibited: true,
    },
  ],
};

function revision(part: Partial<ReasonCodeRevision> = {}): ReasonCodeRevision {
  return {
    revision: 3,
    state: 'proposed',
    version: '2',
    digest: 'd'.repeat(64),
    dictionary: {
      ...DICTIONARY,
      version: '2',
      codes: [
        { ...DICTIONARY.codes[0], consumer: { en: 'Income too low' } },
        DICTIONARY.codes[1],
      ],
    },
    comment: 'Clearer',
    proposedBy: 'user:default/grace',
    proposedAt: '2026-11-01T00:00:00.000Z',
    decidedBy: null,
    decidedAt: null,
    decisionComment: null,
    problems: [{ level: 'warning', where: 'X', message: 'It is vague.' }],
    ...part,
  };
}

function apiOf(part: Partial<ModelportApi> = {}): Partial<ModelportApi> {
  return {
    getReasonCodes: async () => ({
      digest: 'd'.repeat(64),
      version: '1',
      dictionary: DICTIONARY,
      problems: [],
      withheld: 0,
      from: 'file',
      revision: null,
      finding: null,
    }),
    listReasonCodeRevisions: async () => ({
      items: [],
      mayPropose: true,
      mayConfirm: true,
    }),
    listEvidence: async () => testEvidenceCount(1),
    getExplanation: async () => testExplanation(),
    ...part,
  };
}

function Dictionary() {
  const api = useApi(modelportApiRef);
  const current = useLoad('2', () => findReasonCodes(api, ID, '2'));
  return <DictionarySection id={ID} version="2" current={current} />;
}

function render(api: Partial<ModelportApi>) {
  return renderPage(<Dictionary />, { api });
}

describe('the dictionary of reason codes', () => {
  it('shows what counts, and lets a new version be written and checked', async () => {
    const proposeReasonCodes = jest.fn(async () => revision());
    render(apiOf({ proposeReasonCodes }));
    const table = await screen.findByRole('table', {
      name: 'Dictionary of reason codes',
    });
    expect(table).toHaveTextContent(
      'R1income (low)Income lowIncome insufficient',
    );
    expect(table).toHaveTextContent('prohibited');
    expect(screen.getByText(/from the file/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Write a new version' }),
    );
    const text = await screen.findByLabelText('Dictionary (YAML)');
    const send = screen.getByRole('button', { name: 'Propose' });
    expect(send).toBeDisabled();
    fireEvent.change(text, { target: { value: 'version: [' } });
    expect(
      await screen.findByText(/This is no dictionary yet/),
    ).toBeInTheDocument();
    fireEvent.change(text, {
      target: {
        value: JSON.stringify({ ...DICTIONARY, version: '2' }),
      },
    });
    expect(await screen.findByText(/"age" is prohibited/)).toBeInTheDocument();
    await userEvent.type(
      screen.getByLabelText(/What changes, and why/),
      'Clearer',
    );
    await userEvent.click(send);
    await waitFor(() =>
      expect(proposeReasonCodes).toHaveBeenCalledWith(ID, {
        dictionary: { ...DICTIONARY, version: '2' },
        comment: 'Clearer',
      }),
    );
  });

  it('shows a proposal beside what counts, for another person to decide', async () => {
    const decideReasonCodes = jest
      .fn()
      .mockRejectedValueOnce(await testResponseError(409, 'Decided meanwhile'))
      .mockResolvedValue(revision({ state: 'confirmed' }));
    render(
      apiOf({
        listReasonCodeRevisions: async () => ({
          items: [revision()],
          mayPropose: false,
          mayConfirm: true,
        }),
        decideReasonCodes,
      }),
    );
    const proposal = await screen.findByRole('region', {
      name: 'Proposal 3: version 2',
    });
    expect(proposal).toHaveTextContent(
      'income (low): consumer: enIncome insufficientIncome too low',
    );
    expect(proposal).toHaveTextContent('It is vague.');
    const confirm = await within(proposal).findByRole('button', {
      name: 'Confirm',
    });
    await userEvent.click(confirm);
    expect(await within(proposal).findByRole('alert')).toHaveTextContent(
      'Decided meanwhile',
    );
    await userEvent.click(confirm);
    expect(decideReasonCodes).toHaveBeenLastCalledWith(ID, 3, {
      decision: 'confirm',
    });
    expect(
      screen.queryByRole('button', { name: 'Write a new version' }),
    ).not.toBeInTheDocument();
  });

  it('says what was found of a prohibited factor, and closes it with a reason', async () => {
    const finding = {
      severity: 'critical' as const,
      decisions: 2,
      features: ['age'],
      firstAt: '2026-11-01T00:00:00.000Z',
      lastAt: '2026-11-01T00:00:00.000Z',
      closed: null,
    };
    const closeReasonFinding = jest.fn(async () => finding);
    const api = apiOf({ closeReasonFinding });
    const current = await api.getReasonCodes?.(ID, '2');
    if (!current) {
      throw new Error('There is no dictionary');
    }
    render({ ...api, getReasonCodes: async () => ({ ...current, finding }) });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'Critical: 2 decisions were given no reasons',
    );
    const close = within(alert).getByRole('button', {
      name: 'Close the finding',
    });
    expect(close).toBeDisabled();
    await userEvent.type(
      within(alert).getByLabelText('Why this is settled'),
      'A trial',
    );
    await userEvent.click(close);
    expect(closeReasonFinding).toHaveBeenCalledWith(ID, '2', 'A trial');
  });

  it('tells what differs between two dictionaries', () => {
    const [first, second] = DICTIONARY.codes;
    expect(
      dictionaryChanges(DICTIONARY, {
        ...DICTIONARY,
        codes: [second, first],
        cutoff: 0.5,
      }),
    ).toEqual([
      { where: 'order', before: 'R1, X', after: 'X, R1' },
      { where: 'cutoff', before: null, after: '0.5' },
    ]);
  });
});
