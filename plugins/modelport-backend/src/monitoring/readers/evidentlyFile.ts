import { EvidenceFile } from '@modelport/plugin-modelport-node';
import { headText } from './headText';

const FOLDER =
  /(^|\/)(evidently|drift|monitoring|performance)\/(.*\/)?[^/]+\.json$/i;
const NAME = /evidently[^/]*\.json$/i;
const HEAD = /"evidently:metric_v2:|"metric_results"|"report": ?\{ ?"items"/;

/** Whether a file may be a report of Evidently; by its path alone while its head is not there. */
export function mayBeEvidently({ path, head }: EvidenceFile): boolean {
  return head.length === 0
    ? path !== null && (FOLDER.test(path) || NAME.test(path))
    : HEAD.test(headText(head));
}
