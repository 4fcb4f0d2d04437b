import { InputError } from '@backstage/errors';
import { IncomingHttpHeaders } from 'node:http';

const ALGORITHMS = new Map([
  ['sha-256', { algorithm: 'sha256', length: 32 }],
  ['sha-512', { algorithm: 'sha512', length: 64 }],
]);

/** A digest that the sender of a body says. */
export interface SaidDigest {
  header: 'Content-Digest' | 'Repr-Digest';
  /** As the header has it, such as `sha-256`. */
  name: string;
  /** As Node has it. */
  algorithm: string;
  /** In base64. */
  digest: string;
}

/**
 * The digests in the headers of a request (RFC 9530), of the algorithms that are checked: others say nothing.
 *
 * @throws `InputError` where one of them is no digest.
 */
export function saidDigests(
  headers: IncomingHttpHeaders,
  kept: string,
): SaidDigest[] {
  return (['Content-Digest', 'Repr-Digest'] as const).flatMap(header =>
    String(headers[header.toLowerCase()] ?? '')
      .split(',')
      .flatMap(member => {
        const [, name = '', value = ''] =
          /^\s*([a-z0-9*_.-]+)\s*=?\s*(.*?)\s*$/s.exec(member) ?? [];
        const known = ALGORITHMS.get(name);
        if (!known) {
          return [];
        }
        const [, text = ''] =
          /^:([A-Za-z0-9+/]*={0,2}):(?:;.*)?$/s.exec(value) ?? [];
        const bytes = Buffer.from(text, 'base64');
        if (bytes.length !== known.length) {
          throw new InputError(
            `The header ${header} says ${name}=${value.slice(
              0,
              150,
            )}; expected ${name}=:<the ${
              known.length
            } bytes in base64>:. ${kept}`,
          );
        }
        return [
          {
            header,
            name,
            algorithm: known.algorithm,
            digest: bytes.toString('base64'),
          },
        ];
      }),
  );
}
