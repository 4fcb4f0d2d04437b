import { InputError } from '@backstage/errors';
import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml';

/**
 * The text of a `modelport.yaml` with an alias given to another version, or taken away. Where the alias is there, only
 * its value is written anew, so that comments and everything else stay as they are.
 *
 * @param version - null takes the alias away.
 * @throws `InputError` where the text is not YAML, or its aliases are none.
 */
export function writeAlias(
  text: string,
  alias: string,
  version: string | null,
): string {
  const document = parseDocument(text, { schema: 'failsafe' });
  if (document.errors.length > 0) {
    throw new InputError(
      `not readable as YAML: ${document.errors[0].message}; nothing was written`,
    );
  }
  const aliases = document.get('aliases', true);
  const isAbsent =
    aliases === undefined ||
    aliases === null ||
    (isScalar(aliases) && ['', 'null', '~', null].includes(textOf(aliases)));
  if (!isAbsent && !isMap(aliases)) {
    throw new InputError(
      'aliases is no list of versions by alias; nothing was written',
    );
  }
  if (version === null) {
    if (isAbsent || !document.hasIn(['aliases', alias])) {
      return text;
    }
    document.deleteIn(['aliases', alias]);
    return write(document);
  }
  const value = isAbsent ? undefined : document.getIn(['aliases', alias], true);
  if (isScalar(value) && value.value === version) {
    return text;
  }
  if (isNode(value) && value.range) {
    const [start, end] = value.range;
    // A value that is not written stands right after the colon.
    const space = start === end ? ' ' : '';
    return [
      text.slice(0, start),
      space,
      JSON.stringify(version),
      text.slice(end),
    ].join('');
  }
  const quoted = document.createNode(version);
  if (isScalar(quoted)) {
    quoted.type = 'QUOTE_DOUBLE';
  }
  if (isAbsent) {
    document.set('aliases', document.createNode({}));
  }
  document.setIn(['aliases', alias], quoted);
  return write(document);
}

function textOf(scalar: { value: unknown }): string | null {
  return scalar.value === null ? null : String(scalar.value);
}

function write(document: Document): string {
  return document.toString({ lineWidth: 0 });
}
