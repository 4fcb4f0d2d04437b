const PATIENCE_MS = 20_000;
const PAUSE_MS = 500;

/**
 * Waits a little for the first pass over every source and says what came of it. It asks as a person of the demo, and
 * says nothing where those are not to be had.
 */
export async function describeFirstPass(backendUrl, signal) {
  const begun = Date.now();
  const end = Date.now() + PATIENCE_MS;
  let sources;
  while (!signal.aborted && Date.now() < end) {
    sources = await readSources(backendUrl, signal).catch(() => undefined);
    if (
      sources?.every(source => isSettled(source, begun)) &&
      sources.length > 0
    ) {
      break;
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  return (sources ?? []).map(source => describe(source, begun));
}

function isSettled(source, begun) {
  const { state, progress } = source;
  return isKnown(source, begun) || (state === 'failing' && !progress);
}

/** A source that was left out for a while has no models until a pass of this start has read it anew. */
function isKnown({ lastSuccessAt, models }, begun) {
  return (
    lastSuccessAt !== null && (models > 0 || Date.parse(lastSuccessAt) >= begun)
  );
}

function describe(source, begun) {
  const { id, models, versions, errors, progress } = source;
  const counts = `${count(models, 'model')} with ${count(versions, 'version')}`;
  if (isKnown(source, begun)) {
    return `The source ${id} has ${counts}.`;
  }
  if (errors.length > 0 && !progress) {
    return `The source ${id} could not be read: ${errors[0].message}`;
  }
  return `The source ${id} is being read, ${counts} so far; the pages fill as it goes on.`;
}

async function readSources(backendUrl, signal) {
  const session = await getJson(`${backendUrl}/api/auth/demo/refresh`, {
    signal,
    headers: { 'x-demo-user': 'adam' },
  });
  const { items } = await getJson(`${backendUrl}/api/modelport/v1/sources`, {
    signal,
    headers: { authorization: `Bearer ${session.backstageIdentity.token}` },
  });
  return items;
}

async function getJson(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.json();
}

function count(number, what) {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
