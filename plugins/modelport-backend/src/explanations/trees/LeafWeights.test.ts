import { generateTrees } from '../__testUtils__/generateTrees';
import { LeafWeights } from './LeafWeights';
import { prepareTrees } from './prepareTrees';

describe('LeafWeights', () => {
  it('gives the same where there is no room for tables', () => {
    const ensemble = generateTrees({
      seed: 5,
      features: 6,
      trees: 3,
      depth: 5,
      outputs: 1,
    });
    const { leaves } = prepareTrees(ensemble);
    const usual = new LeafWeights(leaves);
    const small = new LeafWeights(leaves, { mostPlaces: 20 });
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      const width = leaves.start[leaf + 1] - leaves.start[leaf];
      for (let mask = 0; mask < 2 ** width; mask++) {
        const [one, other] = [usual, small].map(weights => {
          const sums = new Float64Array(ensemble.features.length);
          weights.add(leaf, mask, sums);
          weights.add(leaf, mask, sums);
          return sums;
        });
        expect(other).toEqual(one);
      }
    }
  });
});
