import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsRouter } from '../router';
import { LineageService } from './LineageService';
import { writeOpenLineage } from './writeOpenLineage';

/** Routes that read the graph; events come in through `createLineagePushRouter`. */
export function addLineageRoutes(
  router: ModelsRouter,
  options: { service: LineageService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/models/:source/:name/lineage', async (req, res) => {
    const { version, direction, depth } = req.query;
    res.json(
      await service.graph({
        ...req.params,
        version,
        direction,
        depth: depth === undefined ? undefined : Number(depth),
        visibility: await access.readable(req),
      }),
    );
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
    res.json(await service.impact(req.query.node, visibility));
  });
}
