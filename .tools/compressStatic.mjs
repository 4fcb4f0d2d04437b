import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Smaller files gain nothing. */
const LEAST_BYTES = 1_000;
/** Brotli's highest levels take minutes for a few percent. */
const BROTLI_QUALITY = 9;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Puts compressed copies beside the scripts and styles of a built app, so that no request waits for compression. */
const folder = process.argv[2];
for (const name of await readdir(folder)) {
  if (!/\.(js|css|svg)$/.test(name)) {
    continue;
  }
  const bytes = await readFile(join(folder, name));
  if (bytes.length < LEAST_BYTES) {
    continue;
  }
  const [brotli, zipped] = await Promise.all([
    toBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    toGzip(bytes, { level: 9 }),
  ]);
  await writeFile(join(folder, `${name}.br`), brotli);
  await writeFile(join(folder, `${name}.gz`), zipped);
}
