import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import {
  ModelSource,
  ModelSourceProvider,
} from '@modelport/plugin-modelport-node';
import { FilesSourceConfig } from '../config';
import { DirectoryOrigin } from '../tree/DirectoryOrigin';
import { UrlOrigin } from '../tree/UrlOrigin';
import { FilesSource } from './FilesSource';

/** Provides one configured folder as one source. */
export class FilesSourceProvider implements ModelSourceProvider {
  readonly kind = 'files';
  readonly id: string;
  readonly url: string;
  private readonly source: FilesSource;

  private constructor(
    config: FilesSourceConfig,
    private readonly origin: DirectoryOrigin | UrlOrigin,
  ) {
    this.id = config.id;
    this.url = origin.url;
    this.source = new FilesSource({ ...config, origin });
  }

  static create(
    config: FilesSourceConfig,
    services: { urlReader: UrlReaderService; logger: LoggerService },
  ): FilesSourceProvider {
    const { place } = config;
    const origin =
      'url' in place
        ? new UrlOrigin(place.url, { ...services, limits: config })
        : new DirectoryOrigin(place.directory);
    return new FilesSourceProvider(config, origin);
  }

  async discover(): Promise<ModelSource[]> {
    return [this.source];
  }

  /** Removes what was fetched. */
  async close(): Promise<void> {
    if (this.origin instanceof UrlOrigin) {
      await this.origin.close();
    }
  }
}
