import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { ConfigReader } from '@backstage/config';
import { signHead } from './signedHead';
import { HeadsBucket } from './HeadsBucket';

const KEY = generateKeyPairSync('ed25519').privateKey;
const PAGE = 2;

/** As much of an object store as a bucket of heads needs: objects are put, and listed a few at a time. */
function testStore() {
  const objects = new Map<string, Buffer>();
  let refuses = false;
  const server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://store');
    const [bucket, ...key] = decodeURIComponent(pathname.slice(1)).split('/');
    if (refuses || bucket !== 'heads') {
      res.writeHead(403, { 'content-type': 'application/xml' });
      res.end('<Error><Code>AccessDenied</Code><Message>No</Message></Error>');
      return;
    }
    if (req.method === 'PUT') {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const body = Buffer.concat(chunks);
        const sum = createHash('md5').update(body).digest('base64');
        if (req.headers['content-md5'] === sum) {
          objects.set(key.join('/'), body);
        }
        res.end();
      });
      return;
    }
    const from = Number(searchParams.get('continuation-token') ?? 0);
    const keys = [...objects.keys()]
      .filter(name => name.startsWith(searchParams.get('prefix') ?? ''))
      .sort();
    const isCut = from + PAGE < keys.length;
    res.setHeader('content-type', 'application/xml');
    res.end(
      `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${
        isCut
          ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>`
          : ''
      }${keys
        .slice(from, from + PAGE)
        .map(name => `<Contents><Key>${name}</Key></Contents>`)
        .join('')}</ListBucketResult>`,
    );
  });
  return {
    objects,
    server,
    refuse: () => {
      refuses = true;
    },
  };
}

describe('heads in a bucket', () => {
  let server: Server;
  let store: ReturnType<typeof testStore>;
  let bucket: HeadsBucket;

  beforeEach(async () => {
    store = testStore();
    ({ server } = store);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    bucket = await HeadsBucket.create(
      {
        bucket: 'heads',
        prefix: 'portal/',
        region: 'eu-central-1',
        endpoint: `http://127.0.0.1:${port}`,
        forcePathStyle: true,
        accountId: undefined,
      },
      new ConfigReader({
        aws: { mainAccount: { accessKeyId: 'key', secretAccessKey: 'secret' } },
      }),
    );
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const head = (seq: number) =>
    signHead(
      {
        seq,
        digest: createHash('sha256').update(`${seq}`).digest('hex'),
        at: '2030-01-31T12:00:00.000Z',
        previous: '0'.repeat(64),
      },
      KEY,
    );

  it('are read as they were written, however many', async () => {
    expect(await bucket.read()).toEqual([]);
    const heads = [9, 10, 11, 100, 1_000].map(head);
    for (const one of heads) {
      await bucket.write(one);
    }
    expect(await bucket.read()).toEqual(heads);
    const bodies = [...store.objects.values()].map(body =>
      JSON.parse(body.toString()),
    );
    expect(bodies).toEqual(heads);
    expect([...store.objects.keys()]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^portal\/000000000009_/)]),
    );
  });

  it('are not all of them where something else stands among them', async () => {
    await bucket.write(head(1));
    store.objects.set('portal/notes.txt', Buffer.from(''));
    await expect(bucket.read()).rejects.toThrow(
      'The object notes.txt is no head',
    );
  });

  it('fail with what the store says', async () => {
    store.refuse();
    await expect(bucket.write(head(1))).rejects.toThrow('No');
    await expect(bucket.read()).rejects.toThrow('No');
  });
});
