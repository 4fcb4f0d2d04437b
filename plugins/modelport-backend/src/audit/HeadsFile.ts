import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isError } from '@backstage/errors';
import { AuditHead, AuditSink } from '@modelport/plugin-modelport-node';
import { z } from 'zod';

const headSchema = z.object({
  seq: z.number().int().min(0),
  digest: z.string(),
  at: z.string(),
  previous: z.string().optional(),
  signature: z.string(),
});

/** Keeps heads in a file, one JSON a line, which is only ever appended to. */
export class HeadsFile implements AuditSink {
  readonly name: string;

  constructor(private readonly path: string) {
    this.name = `file ${path}`;
  }

  async write(head: AuditHead): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    await appendFile(this.path, `${JSON.stringify(head)}\n`, { mode: 0o600 });
  }

  /** @throws `Error` with the number of a line that is no head. */
  async read(): Promise<AuditHead[]> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
    return text
      .split('\n')
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => line.trim() !== '')
      .map(({ line, number }) => {
        try {
          return headSchema.parse(JSON.parse(line));
        } catch {
          throw new Error(`Line ${number} of ${this.path} is no head`);
        }
      });
  }
}

function isMissing(error: unknown): boolean {
  return isError(error) && error.code === 'ENOENT';
}
