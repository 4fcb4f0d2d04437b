import { ConflictError } from '@backstage/errors';
import { ModelSourceProvider } from '@modelport/plugin-modelport-node';

/** Providers by id, as modules added them. */
export class SourceProviders {
  private readonly providers = new Map<string, ModelSourceProvider>();

  /**
   * Adds a provider.
   *
   * @throws `ConflictError` where its id is taken.
   */
  add(provider: ModelSourceProvider): void {
    if (this.providers.has(provider.id)) {
      throw new ConflictError(
        `Two sources are configured with the id "${provider.id}"; expected every id below modelport.sources once`,
      );
    }
    this.providers.set(provider.id, provider);
  }

  list(): ModelSourceProvider[] {
    return [...this.providers.values()];
  }

  get(id: string): ModelSourceProvider | undefined {
    return this.providers.get(id);
  }
}
