import { testHeatMap } from '../__testUtils__/testMonitoring';
import { movedFeatures } from './movedFeatures';

describe('movedFeatures', () => {
  const map = testHeatMap();
  const [row] = map.rows;

  it('names each feature in breach in the newest window once, in the order of the map', () => {
    expect(
      movedFeatures({
        ...map,
        rows: [
          { ...row, feature: 'b', importance: 0.4 },
          { ...row, feature: 'b', statistic: 'ks' },
          { ...row, feature: 'over', states: 'bbo' },
          { ...row, feature: 'unsaid', states: 'bb-' },
          { ...row, feature: null },
          { ...row, feature: 'a' },
        ],
      }),
    ).toEqual([
      { feature: 'b', importance: 0.4 },
      { feature: 'a', importance: null },
    ]);
  });

  it('leaves out what a tool said that stopped, and takes one that is a window late', () => {
    const of = (tool: string, states: string) => ({
      ...row,
      feature: tool,
      tool,
      states,
    });
    expect(
      movedFeatures({
        ...map,
        rows: [of('goes on', 'oob'), of('late', 'ob-'), of('stopped', 'b--')],
      }),
    ).toMatchObject([{ feature: 'goes on' }, { feature: 'late' }]);
    expect(movedFeatures({ ...map, windows: [], rows: [] })).toEqual([]);
  });
});
