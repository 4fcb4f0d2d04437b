import { InputError } from '@backstage/errors';
import { modelportModelsConfirmRiskTierPermission } from '@modelport/plugin-modelport-common';
import { LoweredTiers } from '../promotions/LoweredTiers';
import { ApiRouter, ModelsRouter } from '../router';
import { ModelsAccess } from './ModelsAccess';
import { ModelsService } from './ModelsService';
import { SourceReadings } from './SourceReadings';

const DEFAULT_LIMIT = 50;

/** Routes of models and their versions. */
export function addModelsRoutes(
  router: ModelsRouter,
  options: {
    service: ModelsService;
    readings: SourceReadings;
    loweredTiers: Pick<LoweredTiers, 'whyNot'>;
    access: ModelsAccess;
  },
): void {
  const { service, readings, access } = options;

  router.get('/models', async (req, res) => {
    const visibility = await access.readable(req);
    const { sort = 'name', limit, cursor, facets, ...filters } = req.query;
    res.json(
      await service.list({
        filters,
        visibility,
        sort,
        limit: limitOf(limit),
        cursor,
        facets: facets ? facets.split(',').map(facet => facet.trim()) : [],
      }),
    );
  });

  router.get('/models/:source/:name', async (req, res) => {
    const { source, name } = req.params;
    res.json(await service.get(source, name, await access.readable(req)));
  });

  router.post('/models/:source/:name/risk-tier', async (req, res) => {
    const { visibility, userEntityRef, ownershipRefs } = await access.person(
      req,
      modelportModelsConfirmRiskTierPermission,
    );
    res.status(201).json(
      await service.confirmRiskTier({
        ...req.params,
        visibility,
        tier: req.body.tier,
        comment: req.body.comment,
        by: userEntityRef,
        ownershipRefs,
        whyNotLower: () =>
          options.loweredTiers.whyNot(req.params, userEntityRef),
      }),
    );
  });

  router.get('/models/:source/:name/activity', async (req, res) => {
    const { source, name } = req.params;
    const { limit, cursor } = req.query;
    res.json(
      await service.activities(source, name, await access.readable(req), {
        limit: limitOf(limit),
        cursor,
      }),
    );
  });

  router.get('/models/:source/:name/versions', async (req, res) => {
    const { source, name } = req.params;
    const { limit, cursor } = req.query;
    res.json(
      await service.listVersions(source, name, await access.readable(req), {
        limit: limitOf(limit),
        cursor,
      }),
    );
  });

  router.get('/models/:source/:name/versions/:version', async (req, res) => {
    const { source, name, version } = req.params;
    res.json(
      await service.getVersion(
        source,
        name,
        version,
        await access.readable(req),
      ),
    );
  });

  router.get(
    '/models/:source/:name/versions/:version/metrics/:key/history',
    async (req, res) => {
      const { source, name, version, key } = req.params;
      res.json({
        items: await readings.metricHistory(
          source,
          name,
          version,
          key,
          await access.readable(req),
        ),
      });
    },
  );

  router.get(
    '/models/:source/:name/versions/:version/artefacts',
    async (req, res) => {
      const { source, name, version } = req.params;
      res.json(
        await readings.artefacts(
          source,
          name,
          version,
          req.query.path ?? '',
          await access.readable(req),
        ),
      );
    },
  );

  router.get('/models/:source/:name/compare', async (req, res) => {
    const { source, name } = req.params;
    const versions = versionsOf(req.query.versions);
    res.json(
      await service.compare(source, name, versions, await access.readable(req)),
    );
  });
}

/** Routes of what other plugins of the portal ask. */
export function addChangesRoutes(
  router: ApiRouter,
  options: { service: ModelsService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get('/changes', async (req, res) => {
    await access.requirePlugin(req);
    const { limit, cursor } = req.query;
    res.json(await service.changes({ limit: limitOf(limit), cursor }));
  });

  router.put('/entities/claims', async (req, res) => {
    await access.requirePlugin(req);
    await service.putClaims(req.body.items);
    res.status(204).end();
  });
}

/** Versions named once each, or all at once with commas between them; a version may itself hold a comma. */
function versionsOf(given: string[]): string[] {
  if (given.length > 1) {
    return given;
  }
  const names = given[0].split(',').map(part => part.trim());
  if (names.some(part => part === '')) {
    throw new InputError(
      'Expected versions separated by commas, but one of them is empty',
    );
  }
  return names;
}

function limitOf(limit: number | undefined): number {
  return limit === undefined ? DEFAULT_LIMIT : Number(limit);
}
