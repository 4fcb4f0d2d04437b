import { parse } from 'yaml';
import { z } from 'zod';
import { SourceVersionDocuments } from '@modelport/plugin-modelport-node';
import { frameworkOf } from '../versions/framework';
import { readSchema, readParams } from './readSignature';

const mlmodelSchema = z.object({
  flavors: z.record(z.string(), z.unknown()).nullish(),
  signature: z
    .object({
      inputs: z.string().nullish(),
      outputs: z.string().nullish(),
      params: z.string().nullish(),
    })
    .nullish(),
});

/** Reads an `MLmodel` file. What can't be read is told in `signatureMessage`. */
export function readMlmodel(text: string): SourceVersionDocuments {
  const mlmodel = mlmodelSchema.safeParse(parseYaml(text));
  if (!mlmodel.success) {
    // Half of a file or a page of a proxy looks like this too.
    return none('The MLmodel file of this version could not be read.', {
      certain: false,
    });
  }
  const { flavors, signature } = mlmodel.data;
  const framework = frameworkOf(Object.keys(flavors ?? {}));
  if (!signature || (!signature.inputs && !signature.outputs)) {
    return none('The model was logged without a signature.', { framework });
  }
  const inputs = readSchema(signature.inputs);
  const outputs = readSchema(signature.outputs);
  const params = readParams(signature.params);
  if (!inputs || !outputs || !params) {
    return none(
      'The signature in the MLmodel file of this version could not be read.',
      { framework },
    );
  }
  return {
    signature: { inputs, outputs, params },
    signatureMessage: null,
    framework,
    certain: true,
  };
}

/** Where there is no signature, and why. */
export function none(
  signatureMessage: string,
  more: { framework?: string | null; certain?: boolean } = {},
): SourceVersionDocuments {
  const { framework = null, certain = true } = more;
  return { signature: null, signatureMessage, framework, certain };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, {
      maxAliasCount: 20,
      logLevel: 'error',
      uniqueKeys: false,
    });
  } catch {
    return undefined;
  }
}
