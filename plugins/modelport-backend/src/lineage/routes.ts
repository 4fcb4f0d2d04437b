import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { Consumers } from './Consumers';
import { LineageService } from './LineageService';
import {
  graphWithReadableConsumers,
  impactWithReadableConsumers,
  ReadableEntities,
} from './readableConsumers';
import { writeOpenLineage } from './writeOpenLineage';

/** Routes that read the graph; events come in through `createLineagePushRouter`. */
export function addLineageRoutes(
  router: ApiRouter,
  options: {
    service: LineageService;
    consumers: Pick<Consumers, 'readable'>;
    access: ModelsAccess;
  },
): void {
  const { service, consumers, access } = options;

  /** As the catalog answers the caller. */
  const readableBy =
    (req: Parameters<ModelsAccess['caller']>[0]): ReadableEntities =>
    async entityRefs =>
      consumers.readable(entityRefs, await access.caller(req));

  router.get('/models/:source/:name/lineage', async (req, res) => {
    const { version, direction, depth } = req.query;
    const graph = await service.graph({
      ...req.params,
      version,
      direction,
      depth: depth === undefined ? undefined : Number(depth),
      visibility: await access.readable(req),
    });
    res.json(await graphWithReadableConsumers(graph, readableBy(req)));
  });

  router.get('/models/:source/:name/lineage/difference', async (req, res) => {
    res.json(
      await service.difference({
        ...req.params,
        ...req.query,
        visibility: await access.readable(req),
      }),
    );
  });

  router.get('/models/:source/:name/lineage/openlineage', async (req, res) => {
    const { version, direction, depth } = req.query;
    const graph = await service.graph({
      ...req.params,
      version,
      direction,
      depth: depth === undefined ? undefined : Number(depth),
      visibility: await access.readable(req),
    });
    res.json(writeOpenLineage(graph, new Date().toISOString()));
  });

  router.get('/lineage/impact', async (req, res) => {
    const visibility = await access.readable(req);
    const impact = await service.impact(req.query.node, visibility);
    res.json(await impactWithReadableConsumers(impact, readableBy(req)));
  });
}
