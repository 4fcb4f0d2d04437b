import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../src/schema/jsonSchemas';

for (const [name, text] of Object.entries(jsonSchemas())) {
  writeFileSync(join(__dirname, '..', 'schema', name), text);
}
