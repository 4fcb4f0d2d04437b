import {
  explanationSidecar,
  ExplanationSidecar,
} from '@modelport/plugin-modelport-common';
import { FileToRead } from '@modelport/plugin-modelport-node';
import { parseJson } from '../../parseJson';

const SIDECAR = 'explanation.json';

/** Where settings of the rows in a file are looked for. */
export function sidecarOf(path: string): string {
  return [...path.split('/').slice(0, -1), SIDECAR].join('/');
}

/**
 * What `explanation.json` beside a file says; undefined where there is none.
 *
 * @throws `Error` where it can't be read.
 */
export function readSidecar(file: FileToRead): ExplanationSidecar | undefined {
  const bytes =
    file.path === null ? undefined : file.beside?.[sidecarOf(file.path)];
  if (!bytes) {
    return undefined;
  }
  const result = explanationSidecar.safeParse(parseJson(bytes));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(
      `${SIDECAR} beside it: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return result.data;
}

/** The tool that made the rows, where the settings say so. */
export function producerOf(sidecar: ExplanationSidecar | undefined) {
  return sidecar?.producer
    ? {
        name: sidecar.producer.name,
        version: sidecar.producer.version ?? null,
      }
    : null;
}
