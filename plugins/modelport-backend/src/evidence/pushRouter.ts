import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { modelportEvidencePushPermission } from '@modelport/plugin-modelport-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { BodyDoor } from '../BodyDoor';
import { ModelsAccess } from '../models/ModelsAccess';
import { ModelsVisibility } from '../models/modelsFilter';
import { EvidenceService } from './EvidenceService';
import { PushTokens } from './PushTokens';
import {
  MOST_BYTES,
  mostBytesOf,
  receiveDocuments,
  TOO_LARGE,
} from './receiveDocuments';

/** Pushes that are worked on in one backend, and those of one push token that are under way. */
const MOST_AT_ONCE = 16;
const MOST_OF_A_TOKEN = 8;

const OF_TOKEN = 'push-token:';

/**
 * The door for evidence. Apart from the other routes, since it needs the bytes as they come and takes push tokens,
 * which are no tokens of Backstage.
 */
export function createPushRouter(options: {
  service: EvidenceService;
  tokens: PushTokens;
  access: ModelsAccess;
}): Router {
  const { service } = options;
  const pusher = createPusher(options);
  const door = new BodyDoor({
    mostAtOnce: MOST_AT_ONCE,
    mostBytes: MOST_BYTES,
    tooLarge: TOO_LARGE,
    kept: 'Nothing was kept.',
  });
  const router = PromiseRouter();

  router.post(
    '/models/:source/:name/versions/:version/evidence',
    async (req, res) => {
      const { source, name, version } = req.params;
      const { visibility, by, confirm } = await pusher(req);
      const mustBeReadable = requiresReadable(req);
      const receipts = await door.take(req, res, {
        by,
        mostOfThem: by.startsWith(OF_TOKEN) ? MOST_OF_A_TOKEN : MOST_AT_ONCE,
        mostBytes: mostBytesOf(req),
        receive: content => receiveDocuments(req, content),
        work: documents =>
          service.push({
            source,
            name,
            version,
            visibility,
            by,
            confirm,
            mustBeReadable,
            documents,
          }),
      });
      res.status(201).json(receipts);
    },
  );
  return router;
}

/** @throws `InputError` where something else is required. */
function requiresReadable(req: Request): boolean {
  const { require } = req.query;
  if (require !== undefined && require !== 'readable') {
    throw new InputError(
      'The query parameter "require" is another word than "readable", the only one that is known. Nothing was kept.',
    );
  }
  return require === 'readable';
}

/** Who pushes evidence of a model: a service with the permission, or a push token of that model. */
export function createPusher(options: {
  tokens: PushTokens;
  access: ModelsAccess;
}): (req: Request) => Promise<{
  visibility: ModelsVisibility;
  by: string;
  /** Asks once more, where something is written, whether they may. */
  confirm?: (trx: Knex.Transaction) => Promise<void>;
}> {
  const { tokens, access } = options;
  return async req => {
    const [, bearer = ''] =
      /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    if (!PushTokens.isPushToken(bearer)) {
      if (!bearer) {
        throw new AuthenticationError(
          'Pushing evidence needs a token: of a service, or a push token of the model',
        );
      }
      const { visibility, subject } = await access.service(
        req,
        modelportEvidencePushPermission,
      );
      return { visibility, by: `service:${subject}` };
    }
    const token = await tokens.check(bearer);
    const { source, name } = req.params;
    if (token.source !== source || token.name !== name) {
      throw new NotAllowedError(
        'The push token is of another model. Nothing was kept.',
      );
    }
    return {
      visibility: undefined,
      by: `${OF_TOKEN}${token.id}`,
      confirm: trx => tokens.confirm(trx, token.id),
    };
  };
}
