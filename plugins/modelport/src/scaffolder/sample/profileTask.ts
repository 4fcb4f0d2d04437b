import { profileSample, SampleProfile } from './profileSample';
import { readSample } from './readSample';
import { SampleFile } from './SampleTable';

/** What became of a sample: what is known of it, or why it could not be read. No value of it. */
export type SampleAnswer = { profile: SampleProfile } | { problem: string };

/** Reads a sample and tells what is known of it. */
export async function profileTask(file: SampleFile): Promise<SampleAnswer> {
  try {
    return { profile: profileSample(await readSample(file)) };
  } catch (error) {
    return {
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
