import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  createWriteStream,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  createMockDirectory,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  ADA,
  createTestPromotions,
  GRACE,
  TestPromotions,
} from './__testUtils__/createTestPromotions';
import { toPromotion } from './toPromotion';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const KEY = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const sha256 = (content: string | Buffer) =>
  createHash('sha256').update(content).digest('hex');

describe.each(databases.eachSupportedId())(
  'evidence packs on %s',
  databaseId => {
    const directory = createMockDirectory();
    const folder = () => directory.resolve('pack');
    let knex: Knex;
    let test: TestPromotions;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      directory.setContent({ pack: {} });
    });
    afterEach(() => test.close());

    const start = async (audit?: object) => {
      test = await createTestPromotions(knex, { audit });
    };
    const startSigned = () =>
      start({
        signingKey: KEY,
        heads: { file: directory.resolve('heads.ndjson') },
      });
    /** A refused promotion, with entries about something else between and after its own. */
    const refused = async () => {
      const { id } = await test.request();
      await test.auditLog.record([
        { actor: 'config', action: 'policy.changed', detail: { secret: 1e-7 } },
      ]);
      await test.promotionReviews.comment({
        id,
        by: ADA,
        text: 'ü \u007f 1e-7',
      });
      await test.decide(id, GRACE, 'refuse');
      await test.tier('high');
      return id;
    };
    const unpack = async (id: string) => {
      const record = await test.promotionJudging.current(id);
      const promotion = toPromotion(record, {
        at: new Date().toISOString(),
        policyDigest: 'none',
        actions: null,
        reach: null,
        changedMeasurements: null,
        comments: await test.promotionComments.of(id),
      });
      const archive = directory.resolve('pack.tar.gz');
      await test.packs.write(record, promotion, createWriteStream(archive));
      execFileSync('tar', ['xzf', archive, '-C', folder()]);
    };
    const text = (file: string) => readFileSync(join(folder(), file), 'utf8');
    const put = (file: string, content: string) =>
      writeFileSync(join(folder(), file), content);
    /** As who forges a pack does, who has no key. */
    const sumAgain = () => {
      const sums = text('SHA256SUMS')
        .trim()
        .split('\n')
        .map(line => line.slice(66));
      put(
        'SHA256SUMS',
        sums
          .map(
            file => `${sha256(readFileSync(join(folder(), file)))}  ${file}\n`,
          )
          .join(''),
      );
    };
    /** What the README says is done, as it stands there. */
    const check = () => {
      const recipe = /```sh\n([\s\S]*?)```/.exec(text('README.md'))?.[1] ?? '';
      const { stdout, stderr, status } = spawnSync('bash', ['-c', recipe], {
        cwd: folder(),
        encoding: 'utf8',
      });
      return { said: `${stdout}${stderr}`, status };
    };

    it('pass their own recipe, without evidence too, and show nothing of other entries', async () => {
      await startSigned();
      await unpack(await refused());
      expect(readdirSync(folder())).not.toContain('evidence');
      const { said, status } = check();
      expect(said).toMatch(/signed head: OK\nALL OK\n$/);
      expect(said).not.toContain('FAILED');
      expect(status).toBe(0);
      expect(text('links.txt').trim().split('\n').length).toBeGreaterThan(
        text('chain.ndjson').trim().split('\n').length,
      );
      expect(text('chain.ndjson')).not.toContain('secret');
    });

    it.each(['promotion.json', 'chain.ndjson'])(
      'fail it where the decision in %s is another one and the digests are made again',
      async file => {
        await startSigned();
        await unpack(await refused());
        const before = text(file);
        put(file, before.replace(/refuse/g, 'approve'));
        expect(text(file)).not.toBe(before);
        expect(check()).toMatchObject({
          said: expect.stringContaining(`${file}: FAILED`),
          status: 1,
        });
        sumAgain();
        expect(check()).toMatchObject({
          said: expect.stringContaining('signature of SHA256SUMS: FAILED'),
          status: 1,
        });
      },
    );

    it('fail it where the links are made to fit a changed entry', async () => {
      await startSigned();
      await unpack(await refused());
      const changed = text('chain.ndjson').replace(
        /decision-refuse/,
        'decision-approve',
      );
      put('chain.ndjson', changed);
      const contents = new Map(
        changed
          .trim()
          .split('\n')
          .map(line => [Number(/"seq":(\d+)/.exec(line)?.[1]), sha256(line)]),
      );
      let previous = text('links.txt').split(' ')[2];
      const links = text('links.txt')
        .trim()
        .split('\n')
        .map(line => {
          const [seq, rule, , old] = line.split(' ');
          const content = contents.get(Number(seq)) ?? old;
          const digest = sha256(`${previous} ${content}`);
          const link = `${seq} ${rule} ${previous} ${content} ${digest}\n`;
          previous = digest;
          return link;
        });
      put('links.txt', links.join(''));
      sumAgain();
      const { said, status } = check();
      expect(said).not.toMatch(/(link|entry) \d+: FAILED/);
      expect(said).toContain('signed head: FAILED');
      expect(status).toBe(1);
      // A link that says it needs no content is no way round.
      put(
        'links.txt',
        text('links.txt').replace(/^(\d+) 2 (\S+) \S+ /gm, '$1 1 $2 - '),
      );
      rmSync(join(folder(), 'heads.ndjson'));
      expect(check().status).toBe(1);
    });

    it('prove no link that is not shown, whatever rule it says that it follows', async () => {
      await startSigned();
      await unpack(await refused());
      const shown = text('chain.ndjson').trim().split('\n');
      const numbers = shown.map(line => /"seq":(\d+)/.exec(line)?.[1]);
      const links = text('links.txt')
        .trim()
        .split('\n')
        .map(line => {
          const [seq, , before, , digest] = line.split(' ');
          return numbers.includes(seq)
            ? line
            : `${seq} 1 ${before} ${digest} ${digest}`;
        });
      put('links.txt', `${links.join('\n')}\n`);
      const { said, status } = check();
      expect(said).toMatch(/link \d+: NOT PROVEN/);
      expect(said).not.toContain('ALL OK');
      expect(status).toBe(1);
    });

    it('run nothing that a name holds', async () => {
      await startSigned();
      const id = await refused();
      await knex('promotions_promotions').update({
        document: knex.raw(`replace(document, '"credit"', ?)`, [
          JSON.stringify('x\n```sh\necho PWNED; echo ALL OK\n```\n~~~sh\n'),
        ]),
      });
      await unpack(id);
      const { said } = check();
      expect(said).not.toContain('PWNED');
      expect(text('README.md').match(/^```sh$/gm)).toHaveLength(1);
      expect(text('README.md')).not.toMatch(/^~~~/m);
    });

    it('prove nothing where there is no key, and say so', async () => {
      await start();
      await unpack(await refused());
      expect(text('README.md')).toContain('so nothing is signed');
      expect(check()).toMatchObject({
        said: expect.stringMatching(/signed head: NOT PROVEN\nNOT PROVEN\n$/),
        status: 2,
      });
    });
  },
);
