import { figureTexts } from './figureTexts';

describe('figureTexts', () => {
  it.each([
    [0.91, 0.96416383706253, 2, '0.91', '0.9642'],
    [0.9, 0.904, 3, '0.900', '0.904'],
    [0.9688, 0.96886, 4, '0.9688', '0.9689'],
    [
      0.96416383706253,
      0.96416383706299,
      null,
      '0.9641638370625',
      '0.964163837063',
    ],
    [0.96881, 0.96884, null, '0.96881', '0.96884'],
    [0.9, 'NaN', 2, '0.90', 'NaN'],
  ] as const)(
    'tells %p and %p apart',
    (written, derived, decimals, first, second) => {
      expect(figureTexts({ written, derived, decimals })).toEqual({
        written: first,
        derived: second,
      });
    },
  );
});
