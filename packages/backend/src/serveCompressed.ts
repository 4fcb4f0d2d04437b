import { resolvePackagePath } from '@backstage/backend-plugin-api';
import expressStaticGzip from 'express-static-gzip';
import { existsSync } from 'node:fs';

/** Names of built files hold a digest of what is in them. */
const CACHED_SECONDS = 14 * 24 * 60 * 60;

/** Serves the compressed copies that the app's build leaves beside its scripts; nothing where it was not built. */
export function serveCompressed(): ReturnType<typeof expressStaticGzip> {
  const folder = resolvePackagePath('app', 'dist/static');
  return existsSync(folder)
    ? expressStaticGzip(folder, {
        enableBrotli: true,
        orderPreference: ['br', 'gz'],
        index: false,
        serveStatic: { maxAge: CACHED_SECONDS * 1000 },
      })
    : (_req, _res, next) => next();
}
