import { Change, EntityClaim } from '@modelport/plugin-modelport-common';
import { ModelportService } from '@modelport/plugin-modelport-node';

/** A registry in memory with the change feed and the claims of the real one. */
export class FakeRegistry implements ModelportService {
  readonly #changes = new Map<string, { at: number; change: Change }>();
  #now = 0;
  #failure: Error | undefined;
  claims: EntityClaim[] = [];
  limits: Array<number | undefined> = [];
  onClaims: () => void = () => {};

  put(change: Change): void {
    this.#now += 1;
    this.#changes.set(change.name, { at: this.#now, change });
  }

  failWith(error: Error | undefined): void {
    this.#failure = error;
  }

  async getChanges(options: { cursor?: string; limit?: number }) {
    if (this.#failure) {
      throw this.#failure;
    }
    this.limits.push(options.limit);
    const limit = options.limit ?? 50;
    const since = Number(options.cursor ?? 0);
    const all = [...this.#changes.values()]
      .filter(({ at }) => at > since)
      .sort((a, b) => a.at - b.at);
    const page = all.slice(0, limit);
    return {
      items: page.map(({ change }) => change),
      nextCursor: String(page.at(-1)?.at ?? since),
      more: all.length > limit,
    };
  }

  async getCard(): Promise<never> {
    throw new Error('The catalog reads no cards');
  }

  async putEntityClaims(claims: EntityClaim[]): Promise<void> {
    this.onClaims();
    this.claims = claims;
    for (const { change } of [...this.#changes.values()]) {
      const claim = claims.find(
        ({ source, name }) =>
          name === change.name && (source ?? change.source) === change.source,
      );
      const claimedBy = claim?.entityRef ?? null;
      if (change.claimedBy !== claimedBy) {
        this.put({ ...change, claimedBy });
      }
    }
  }
}
