import { pushLine } from './pushLine';

describe('pushLine', () => {
  it('encodes what would end the address or the shell’s quotes', () => {
    expect(
      pushLine('http://localhost:7007', { source: 'demo', name: "a/b's" }, '1'),
    ).toBe(
      'curl --fail-with-body -sS -H "Authorization: Bearer $MODELPORT_PUSH_TOKEN" -F metrics=@metrics.json \'http://localhost:7007/api/modelport/v1/models/demo/a%2Fb%27s/versions/1/evidence?require=readable\'',
    );
  });
});
