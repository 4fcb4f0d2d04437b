import { ModelId } from '../api/modelportApi';

/** The line with which a pipeline pushes a file of evidence of a version. */
export function pushLine(
  baseUrl: string,
  id: ModelId,
  version: string,
): string {
  const path = [id.source, id.name, 'versions', version]
    .map((part, place) => (place === 2 ? part : encodeURIComponent(part)))
    .join('/');
  return `curl --fail-with-body -sS -H "Authorization: Bearer $MODELPORT_PUSH_TOKEN" -F metrics=@metrics.json '${baseUrl}/api/modelport/v1/models/${path.replace(
    /'/g,
    '%27',
  )}/evidence?require=readable'`;
}
