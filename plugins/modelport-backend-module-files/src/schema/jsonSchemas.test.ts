import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './jsonSchemas';

describe('jsonSchemas', () => {
  it.each(Object.entries(jsonSchemas()))(
    '%s is committed as it would be written now (yarn schema)',
    (name, text) => {
      const committed = join(__dirname, '..', '..', 'schema', name);
      expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(
        JSON.parse(text),
      );
    },
  );

  it('says to editors what YAML makes of text and numbers', () => {
    const schema = JSON.parse(jsonSchemas()['modelport.schema.json']);
    expect(schema).toMatchObject({
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: ['string', 'number', 'boolean'] } },
    });
  });
});
