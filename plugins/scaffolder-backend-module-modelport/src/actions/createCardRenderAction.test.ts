import { readMarkdownCard } from '@modelport/plugin-modelport-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../__testUtils__/runAction';
import { createCardRenderAction } from './createCardRenderAction';

describe('modelport:card:render', () => {
  const action = createCardRenderAction();

  it('writes a card that the portal reads again', async () => {
    const fields = {
      purpose: 'Fewer credits that are not repaid.',
      outOfScopeUse: 'Anything else.',
      owners: ['group:default/risk-analytics'],
    };
    const { workspacePath, output } = await runAction(action, {
      name: 'credit',
      fields,
    });
    expect(output.file).toBe('docs/model-card.md');
    const text = readFileSync(
      join(workspacePath, 'docs/model-card.md'),
      'utf8',
    );
    expect(readMarkdownCard(text).body).toMatchObject(fields);
  });

  it('says which field is wrong', async () => {
    await expect(
      runAction(action, { name: 'credit', fields: { owners: 'me' } }),
    ).rejects.toThrow('owners');
  });
});
