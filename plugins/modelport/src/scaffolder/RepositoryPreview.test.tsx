import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderField } from './__testUtils__/renderField';
import { FormApi, formApiRef, Preview } from './formApi';
import { testResponseError } from '../__testUtils__/renderPage';
import { RepositoryPreview } from './RepositoryPreview';

const FILES = [
  { path: 'README.md', bytes: 10 },
  { path: 'conf/gates.yaml', bytes: 20 },
];

function show(preview: FormApi['preview']) {
  const asked = jest.fn(preview);
  const api: FormApi = { preview: asked, hosts: jest.fn(), task: jest.fn() };
  renderField<string>(RepositoryPreview, {
    apis: [[formApiRef, api]],
    title: 'What is made',
    answers: { name: 'credit-risk', preview: 'x' },
  });
  return asked;
}

describe('RepositoryPreview', () => {
  it('shows the files that the answers make, and what one holds', async () => {
    const asked = show(async (_, path) => ({
      files: FILES,
      content: path === undefined ? null : `content of ${path}`,
    }));
    expect(asked).not.toHaveBeenCalled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the files' }),
    );
    const list = await screen.findByRole('list', { name: 'Files' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText(/^2 files/)).toBeVisible();
    expect(asked).toHaveBeenCalledWith({ name: 'credit-risk' }, undefined);
    act(() =>
      within(list).getByRole('button', { name: 'conf/gates.yaml' }).focus(),
    );
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByLabelText('conf/gates.yaml')).toHaveTextContent(
      'content of conf/gates.yaml',
    );
  });

  it('shows content as text, whatever it is', async () => {
    show(async (_, path) => ({
      files: [{ path: '<img src=x>', bytes: 1 }],
      content: path === undefined ? null : '<script>alert(1)</script>',
    }));
    await userEvent.click(screen.getByRole('button'));
    await userEvent.click(
      await screen.findByRole('button', { name: '<img src=x>' }),
    );
    expect(await screen.findByText('<script>alert(1)</script>')).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });

  it('says which answer is wrong, and keeps what was shown', async () => {
    const asked = show(async () => ({ files: FILES, content: null }));
    await userEvent.click(screen.getByRole('button'));
    await screen.findByRole('list', { name: 'Files' });
    asked.mockRejectedValueOnce(
      await testResponseError(400, 'name: has to be lower-case'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show again' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'name: has to be lower-case',
    );
    expect(screen.getByRole('list', { name: 'Files' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('shows the file that was asked for last, whichever answer comes first', async () => {
    const answers = new Map<string, (answer: Preview) => void>();
    const asked = show(async (_, path) =>
      path === undefined
        ? { files: FILES, content: null }
        : new Promise(resolve => answers.set(path, resolve)),
    );
    await userEvent.click(screen.getByRole('button'));
    for (const name of ['README.md', 'conf/gates.yaml']) {
      await userEvent.click(await screen.findByRole('button', { name }));
    }
    expect(asked).toHaveBeenCalledTimes(3);
    answers.get('conf/gates.yaml')?.({ files: FILES, content: 'the second' });
    expect(await screen.findByText('the second')).toBeVisible();
    answers.get('README.md')?.({ files: FILES, content: 'the first' });
    await Promise.resolve();
    expect(screen.queryByText('the first')).toBeNull();
  });
});
