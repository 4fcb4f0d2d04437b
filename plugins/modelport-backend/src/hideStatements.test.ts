import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { hideStatements } from './hideStatements';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

it.each(databases.eachSupportedId())(
  'no statement of %s stands in an answer',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('things', table => {
      table.string('kind').notNullable();
    });
    const logger = mockServices.logger.mock();
    const router = PromiseRouter();
    router.get('/refused', async () => {
      await knex('things').insert({ kind: null });
    });
    router.get('/odd', async () => {
      throw new InputError('It is odd');
    });
    const app = express();
    app.use(router);
    app.use(hideStatements(logger));
    const answer: express.ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(500).json({ message: error.message });
    };
    app.use(answer);

    const { body } = await request(app).get('/refused');
    expect(body.message).toMatch(/^The database refused/);
    expect(body.message).not.toMatch(/insert|things/i);
    expect(logger.error).toHaveBeenCalledTimes(1);
    const { body: odd } = await request(app).get('/odd');
    expect(odd.message).toBe('It is odd');
  },
);
