import { Change } from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';

/** A registry whose feed has the given pages; a page that is an error fails. */
export function registryOf(...pages: (Change[] | Error)[]): ModelportService {
  return {
    async getChanges({ cursor }) {
      const index = Number(cursor ?? 0);
      const items = pages[index];
      if (items instanceof Error) {
        throw items;
      }
      const more = index + 1 < pages.length;
      return { items, nextCursor: String(index + 1), more };
    },
    async putEntityClaims() {
      throw new Error('Search claims nothing');
    },
    async getCard({ name, version }) {
      if (name === 'gone meanwhile') {
        throw Object.assign(new Error('no version'), { statusCode: 404 });
      }
      if (name === 'of no address') {
        throw Object.assign(new Error('bad request'), { statusCode: 400 });
      }
      const field = (from: 'written' | 'derived', value: unknown) => ({
        value,
        provenance: { from, evidence: null, by: null, at: null },
      });
      return {
        fields: {
          purpose: field('written', `**Purpose** of ${version}`),
          task: field('derived', 'derived words'),
          tags: field('written', ['a list']),
        },
        completeness: { template: 't', score: 1, missing: [] },
        contradictions: [],
      };
    },
  };
}
