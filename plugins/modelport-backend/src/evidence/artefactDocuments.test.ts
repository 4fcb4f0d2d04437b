import { createHash } from 'node:crypto';
import {
  describeEvidence,
  OF_2,
  SERVICE,
} from './__testUtils__/describeEvidence';

describeEvidence(
  'evidence among artefacts',
  ({ source, table, api, listed }) => {
    it('reads evidence among the artefacts once, and says what it could not fetch', async () => {
      const of = { model: 'credit', version: '2' };
      const card = '# Credit\n\n## Intended use\n\nScoring of loans.\n';
      source.putArtefact(of, 'docs/README.md', card);
      source.putArtefact(of, 'model_card.json', '{"schema": ');
      source.putArtefact(of, 'deep/er/still/README.md', card);
      source.putArtefact(of, 'model.pkl', 'cos\nsystem');
      await table('models_versions').update({ fingerprint: 'with artefacts' });

      const { items, problems } = await listed(OF_2);
      expect(problems).toEqual([]);
      expect(
        items.map((item: { origin: object; status: string }) => [
          item.origin,
          item.status,
        ]),
      ).toEqual([
        [{ type: 'artefact', path: 'docs/README.md', by: null }, 'read'],
        [{ type: 'artefact', path: 'model_card.json', by: null }, 'unreadable'],
      ]);
      const [{ digest, reader }] = items;
      expect(digest).toBe(createHash('sha256').update(card).digest('hex'));
      expect(reader).toBe('card/2');
      const { body } = await api('get', `/evidence/${digest}`).expect(200);
      expect(body.body).toMatchObject({
        intendedUse: expect.stringContaining('Scoring of loans'),
      });
      source.calls.length = 0;
      await listed(OF_2);
      expect(source.count('listArtefacts')).toBe(0);
    });

    it('fetches no file again that is the same, whatever else of the version changes', async () => {
      const of = { model: 'a/b', version: '1' };
      source.putArtefact(of, 'docs/README.md', '# Credit\n\nScores loans.\n');
      source.putArtefact(of, 'model_card.json', '{"purpose": "Loans"}');
      const readAgain = async (state: string) => {
        source.calls.length = 0;
        await table('models_versions').update({ fingerprint: state });
        await listed('/models/fake/a%2Fb/versions/1/evidence');
        return [
          source.count('listArtefacts') > 0,
          source.count('readArtefact'),
        ];
      };
      expect(await readAgain('first')).toEqual([true, 2]);
      expect(await readAgain('an alias moved')).toEqual([true, 0]);
      source.putArtefact(of, 'model_card.json', '{"purpose": "More loans"}');
      expect(await readAgain('a file changed')).toEqual([true, 1]);
      expect(await readAgain('a tag')).toEqual([true, 0]);
      // A size alone is trusted for some days only.
      const { files } = await table('evidence_versions')
        .where({ name: 'a/b' })
        .first('files');
      await table('evidence_versions')
        .where({ name: 'a/b' })
        .update({
          files: files.replaceAll(/"readAt":"\d{4}/g, '"readAt":"2020'),
        });
      expect(await readAgain('later')).toEqual([true, 2]);
    });

    it('reads again what could not be read, when it is pushed again and when readers change', async () => {
      const card = '# x\n\n## Direct Use\n\nLoans\n';
      const pushCard = () =>
        api('post', OF_2, SERVICE).attach('card', Buffer.from(card), 'card.md');
      const { body: first } = await pushCard().expect(201);
      const [{ digest }] = first.items;
      const shown = async () => {
        const { items } = await listed(OF_2);
        return items.find((item: { digest: string }) => item.digest === digest);
      };
      const makeUnreadable = () =>
        table('evidence_documents').where({ digest }).update({
          status: 'unreadable',
          message: 'It is no JSON.',
          reader: null,
          body: null,
        });
      await shown();
      await makeUnreadable();
      expect(await shown()).toMatchObject({ status: 'unreadable' });
      const { body: again } = await pushCard().expect(201);
      expect(again).toEqual(first);
      expect(again.items[0].status).toBe('read');

      await makeUnreadable();
      expect(await shown()).toMatchObject({ status: 'unreadable' });
      const kept = await table('evidence_versions').first('state');
      await table('evidence_versions').update({
        state: `${kept.state.split(' ')[0]} older-readers`,
      });
      expect(await shown()).toMatchObject({
        status: 'read',
        message: null,
        reader: 'card/2',
      });
    });
  },
);
