import { modelportCardsAttestPermission } from '@modelport/plugin-modelport-common';
import { ModelsAccess } from '../models/ModelsAccess';
import { ApiRouter } from '../router';
import { CardsService } from './CardsService';

/** Names the fields that an export could not hold. */
const NOT_HELD = 'x-modelport-not-held';

/** Routes of cards. */
export function addCardsRoutes(
  router: ApiRouter,
  options: { service: CardsService; access: ModelsAccess },
): void {
  const { service, access } = options;

  router.get(
    '/models/:source/:name/versions/:version/card',
    async (req, res) => {
      const visibility = await access.readable(req);
      res.json(await service.get({ ...req.params, visibility }));
    },
  );

  router.post(
    '/models/:source/:name/versions/:version/card/attestations',
    async (req, res) => {
      const { visibility, userEntityRef } = await access.person(
        req,
        modelportCardsAttestPermission,
      );
      const { paths, revision } = req.body;
      res.status(201).json(
        await service.attest({
          ...req.params,
          visibility,
          paths,
          revision,
          by: userEntityRef,
        }),
      );
    },
  );

  router.post(
    '/models/:source/:name/versions/:version/card/attestations/withdraw',
    async (req, res) => {
      const { visibility, userEntityRef } = await access.person(
        req,
        modelportCardsAttestPermission,
      );
      res.json(
        await service.withdraw({
          ...req.params,
          visibility,
          paths: req.body.paths,
          by: userEntityRef,
        }),
      );
    },
  );

  router.get(
    '/models/:source/:name/versions/:version/card/export',
    async (req, res) => {
      const visibility = await access.readable(req);
      const { text, mediaType, fileName, notHeld } = await service.export(
        { ...req.params, visibility },
        req.query.format,
      );
      res.setHeader(NOT_HELD, notHeld.join(', '));
      res.setHeader('access-control-expose-headers', NOT_HELD);
      res.setHeader('content-type', `${mediaType}; charset=utf-8`);
      res.setHeader(
        'content-disposition',
        `attachment; filename="${fileName}"`,
      );
      res.end(text);
    },
  );
}
