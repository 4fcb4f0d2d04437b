import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'modelport.sources.files';

const MEBIBYTE = 1024 * 1024;

/** One configured folder, its defaults filled in. */
export interface FilesSourceConfig {
  id: string;
  place: { directory: string } | { url: string };
  /** Bytes. */
  maxFileSize: number;
  /** Bytes. */
  maxTotalSize: number;
  maxFiles: number;
}

/**
 * Reads `modelport.sources.files`; sources that are not enabled are left out.
 *
 * @throws `InputError` with the key and what was expected.
 */
export function readFilesSourcesConfig(
  config: RootConfigService,
): FilesSourceConfig[] {
  const sources = config.getOptionalConfig(KEY);
  return (sources?.keys() ?? []).flatMap(id => {
    const source = sources?.getOptionalConfig(id);
    if (!source || source.getOptionalBoolean('enabled') === false) {
      return [];
    }
    return [
      {
        id,
        place: readPlace(source, `${KEY}.${id}`),
        maxFileSize: readPositive(source, id, 'maxFileSize', 64 * MEBIBYTE),
        maxTotalSize: readPositive(source, id, 'maxTotalSize', 1024 * MEBIBYTE),
        maxFiles: readPositive(source, id, 'maxFiles', 100_000),
      },
    ];
  });
}

function readPlace(source: Config, key: string): FilesSourceConfig['place'] {
  const directory = source.getOptionalString('directory');
  const url = source.getOptionalString('url');
  if (directory !== undefined && url === undefined) {
    return { directory };
  }
  if (url !== undefined && directory === undefined) {
    if (!URL.canParse(url)) {
      throw new InputError(
        `${key}.url: expected the address of a repository's tree`,
      );
    }
    return { url };
  }
  throw new InputError(
    `${key}: expected exactly one of directory and url, found ${
      url === undefined ? 'neither' : 'both'
    }`,
  );
}

function readPositive(
  source: Config,
  id: string,
  name: string,
  fallback: number,
): number {
  const value = source.getOptionalNumber(name) ?? fallback;
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new InputError(
      `${KEY}.${id}.${name}: expected a whole number above 0, found ${value}`,
    );
  }
  return value;
}
