import { readDefinition } from './readDefinition';

const WRITTEN = {
  reference: { data: { artefact: 'data/reference.parquet' } },
  current: { artefact: 'data/production.parquet' },
  time: { column: 'timestamp' },
  window: 'month',
  label: {
    column: 'default',
    prediction: 'probability',
    task: 'probability',
    positive: '1',
    maturesAfterDays: 30,
  },
};

describe('readDefinition', () => {
  it('gives what was written as it is', () => {
    const read = readDefinition(WRITTEN);
    expect(read).toMatchObject({ written: WRITTEN });
  });

  it('gives numbers that a file holds as texts as numbers, to be edited and sent back', () => {
    const read = readDefinition({
      ...WRITTEN,
      label: { ...WRITTEN.label, maturesAfterDays: '30' },
    });
    expect(read).toMatchObject({
      definition: { label: { maturesAfterDays: 30 } },
      written: { label: { maturesAfterDays: 30 } },
    });
    const again = readDefinition('written' in read && read.written);
    expect(again).toHaveProperty('definition');
  });

  it('says what is wrong', () => {
    expect(readDefinition({ reference: {} })).toHaveProperty('problem');
  });
});
