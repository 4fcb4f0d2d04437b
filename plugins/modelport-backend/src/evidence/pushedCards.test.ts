import {
  describeEvidence,
  OF_1,
  OF_2,
  SERVICE,
} from './__testUtils__/describeEvidence';

describeEvidence('pushed cards', ({ api, push, listed }) => {
  it('puts what a pushed card says on the version’s card and into the list', async () => {
    const card = {
      kind: 'card',
      schemaVersion: 1,
      producedAt: '2026-11-01T12:00:00Z',
      body: {
        purpose: 'Fewer defaults',
        attestedBy: 'user:default/rosa',
        attestedAt: '2026-11-02T12:00:00Z',
      },
    };
    const { body } = await push(OF_2, card).expect(201);
    const { body: shown } = await api(
      'get',
      '/models/fake/credit/versions/2/card',
    ).expect(200);
    expect(shown.fields.purpose).toEqual({
      value: 'Fewer defaults',
      provenance: {
        from: 'written',
        evidence: body.items[0].digest,
        kind: 'card',
        by: null,
        at: '2026-11-01T12:00:00.000Z',
      },
    });
    // A name in a document is a claim; that person says so in the portal, or it counts for nothing.
    expect(shown.completeness.score).toBe(0);
    expect(shown.claims.purpose).toEqual({
      by: 'user:default/rosa',
      at: '2026-11-02T12:00:00.000Z',
      evidence: body.items[0].digest,
    });
    const attested = await api(
      'post',
      '/models/fake/credit/versions/2/card/attestations',
    )
      .send({ paths: ['purpose'], revision: shown.revision })
      .expect(201);
    expect(attested.body.completeness.score).toBeGreaterThan(0);
    const { body: model } = await api('get', '/models/fake/credit');
    expect(model.cardCompleteness).toBeCloseTo(
      attested.body.completeness.score,
      12,
    );
  });

  it.each([
    ['a part called card', 'card', 'card.md', 'application/octet-stream'],
    ['a part without a name that tells', 'card', 'x', 'text/plain'],
    ['a part with another tool’s JSON', 'card', 'bom.json', 'application/json'],
  ])('reads %s as a card', async (_what, kind, filename, contentType) => {
    const content = filename.endsWith('.json')
      ? '{"considerations": {"useCases": ["Loans"]}}'
      : '---\nmodelport: {attestedAt: 2026-11-22}\n---\n# x\n\n## Direct Use\n\nLoans\n';
    const { body } = await api('post', OF_1, SERVICE)
      .attach(kind, Buffer.from(content), { filename, contentType })
      .expect(201);
    expect(body.items).toMatchObject([
      { kind: 'card', status: 'read', message: null },
    ]);
    const { body: found } = await api(
      'get',
      `/evidence/${body.items[0].digest}`,
    );
    expect(found.body.intendedUse).toBe('Loans');
  });

  it('reads Markdown that is sent alone, and a card that says itself what it is', async () => {
    const { body } = await api('post', OF_1, SERVICE)
      .type('text/markdown')
      .send('# x\n\n## Direct Use\n\nLoans\n')
      .expect(201);
    expect(body.items).toMatchObject([{ kind: 'card', status: 'read' }]);
    const sent = await api('post', OF_1, SERVICE)
      .attach(
        'card',
        Buffer.from(
          JSON.stringify({
            kind: 'card',
            schemaVersion: 1,
            producedAt: '2026-11-22',
            body: { purpose: 'Loans' },
          }),
        ),
        'card.json',
      )
      .expect(201);
    expect(sent.body.items).toMatchObject([{ kind: 'card', status: 'read' }]);
    expect((await listed()).items[0].producedAt).toBe(
      '2026-11-22T00:00:00.000Z',
    );
  });
});
