import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAction } from '../__testUtils__/runAction';
import { createMonitorConfigureAction } from './createMonitorConfigureAction';

describe('modelport:monitor:configure', () => {
  const action = createMonitorConfigureAction();

  it('writes limits as the monitoring reads them', async () => {
    const { workspacePath } = await runAction(action, { alert: 0.3 });
    const file = join(workspacePath, 'conf/monitoring.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      drift: {
        statistic: 'psi',
        warning: 0.1,
        alert: 0.3,
        minimum_rows: 200,
      },
      service: { p95_ms: 50, fallback_share: 0.01 },
    });
  });

  it('warns before it alerts', async () => {
    await expect(runAction(action, { warning: 0.5 })).rejects.toThrow(
      'expected at most the alert',
    );
  });
});
