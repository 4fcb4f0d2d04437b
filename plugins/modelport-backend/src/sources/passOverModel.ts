import {
  ModelSource,
  PageOptions,
  readToEnd,
} from '@modelport/plugin-modelport-node';
import { Ingest } from '../models/createIngest';

/**
 * Takes one model over as it is now, with the details of all its versions, or retires it where the source says that it
 * is gone.
 */
export async function passOverModel(options: {
  source: ModelSource;
  ingest: Ingest;
  name: string;
  signal: AbortSignal;
}): Promise<void> {
  const { source, ingest, name, signal } = options;
  const models = await ingest.models.current(source.id, name);
  const versions = await ingest.versions.current(source.id, { name });
  const model = await source.getModel(name, { signal });
  if (!model) {
    await ingest.models.retire(models.map(known => known.id));
    return;
  }
  await ingest.models.take(source.id, [model]);
  const seen = new Set<number>();
  const list = (page: PageOptions) =>
    source.listVersions({ ...page, model: name });
  for await (const page of readToEnd(list, { signal })) {
    const taken = await ingest.versions.take(source, page.items, {
      signal,
      recheck: true,
    });
    taken.seen.forEach(id => seen.add(id));
  }
  const gone: number[] = [];
  for (const version of versions) {
    if (
      !seen.has(version.id) &&
      (await source.getVersion(name, version.version, { signal })) === undefined
    ) {
      gone.push(version.id);
    }
  }
  await ingest.versions.retire(gone);
}
