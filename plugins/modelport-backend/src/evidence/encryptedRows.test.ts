import {
  describeEvidence,
  METRICS,
  OF_1,
  OF_2,
  SERVICE,
} from './__testUtils__/describeEvidence';

const ROWS = {
  kind: 'evaluation-rows',
  schemaVersion: 1,
  body: {
    evaluationSet: { id: 'june' },
    rows: [
      { id: 'row-one', subject: 'jane', label: 1, score: 0.90625, group: 'a' },
      { id: 'row-two', subject: 'joseph', label: 0, score: 0.2, group: 'b' },
      { id: 'row-three', subject: 'jane', label: 0, score: 0.4, group: 'a' },
    ],
  },
};

describeEvidence(
  'rows of people in evidence',
  ({ table, api, push, listed, allow, denyOnly }) => {
    it('keeps rows of people encrypted, and makes one person’s unreadable on request', async () => {
      const { body } = await push(OF_1, ROWS).expect(201);
      const [{ digest, status }] = body.items;
      expect(status).toBe('read');
      const rowsSeen = async () =>
        (await api('get', `/evidence/${digest}`)).body.body.rows;
      expect(await rowsSeen()).toEqual(ROWS.body.rows);

      const everything = await Promise.all(
        ['documents', 'contents', 'row_blocks', 'subjects'].map(name =>
          table(`evidence_${name}`),
        ),
      );
      const text = JSON.stringify(everything, (_key, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value,
      );
      for (const secret of ['jane', 'joseph', 'row-one', '0.90625']) {
        expect(text).not.toContain(secret);
      }
      await api('get', `/evidence/${digest}/raw`).expect(404);
      // a service, and who lacks the permission, see how many there are
      const short = { evaluationSet: { id: 'june' }, rowCount: 3 };
      const asService = await api('get', `/evidence/${digest}`, SERVICE);
      expect(asService.body.body).toEqual(short);
      denyOnly('modelport.evidence.read-rows');
      const asAnyone = await api('get', `/evidence/${digest}`);
      expect(asAnyone.body.body).toEqual(short);
      allow();

      const erase = '/models/fake/credit/row-subjects/erase';
      await api('post', erase, SERVICE).send({ subject: 'jane' }).expect(403);
      const erased = await api('post', erase).send({ subject: 'jane' });
      expect(erased.body).toEqual({ rows: 2 });
      expect(await rowsSeen()).toEqual([null, ROWS.body.rows[1], null]);
      // the same document is sealed once for each version, whoever is faster
      const pushes = await Promise.all([push(OF_2, ROWS), push(OF_2, ROWS)]);
      expect(pushes.map(answer => answer.status)).toEqual([201, 201]);
      expect(await table('evidence_row_blocks').pluck('count')).toEqual([3, 3]);
      // the document is the same, and what comes later of her is unreadable too
      expect((await push(OF_1, ROWS)).body.items[0].digest).toBe(digest);
      const later = {
        ...ROWS,
        body: { ...ROWS.body, evaluationSet: { id: 'july' } },
      };
      const pushed = await push(OF_1, later).expect(201);
      const other = await api(
        'get',
        `/evidence/${pushed.body.items[0].digest}`,
      );
      expect(other.body.body.rows).toEqual([null, ROWS.body.rows[1], null]);
    });

    it('keeps no bytes of rows that it can’t read', async () => {
      const { body } = await push(OF_1, {
        ...ROWS,
        body: { rows: [{ id: 'jane' }] },
      }).expect(201);
      expect(body.items[0]).toMatchObject({
        status: 'unreadable',
        message: expect.stringContaining('not kept'),
      });
      expect(JSON.stringify(await table('evidence_contents'))).not.toContain(
        'jane',
      );
    });

    it('keeps nothing of a person in messages, and no character that a database refuses', async () => {
      const { body } = await api('post', OF_1, SERVICE)
        .attach('evaluation-rows', Buffer.from('{"id": jane}'), 'a\0b.json')
        .attach(
          'evaluation-rows',
          Buffer.from(
            JSON.stringify({
              evaluationSet: { id: 'june' },
              rows: [{ id: 1, label: 1, score: 1, group: { 'x\0': 1 } }],
            }),
          ),
          'b.json',
        )
        .expect(201);
      expect(JSON.stringify(body)).not.toContain('jane');
      expect(body.items[0].message).toMatch(/^It is no JSON\./);
      expect(await listed()).toMatchObject({ totalItems: 2 });
      await push(OF_1, { ...METRICS, schemaVersion: 1e15 }).expect(400);
      await api('get', `${OF_1}?kind=a%00b`).expect(400);
      const tokens = '/models/fake/credit/push-tokens';
      await api('post', tokens).send({ name: 'a\0b' }).expect(400);
    });
  },
);
