/** Events of one run as a client sends them: two inputs with their columns, and an output. Each is another one. */
export function eventsOfRun(
  runId: string,
  count: number,
): Array<Record<string, unknown>> {
  const facet = (name: string) => ({
    _producer: 'https://example.org/pipeline',
    _schemaURL: `https://openlineage.io/spec/facets/1-0-0/${name}.json`,
  });
  const dataset = (name: string) => ({
    namespace: 's3://lake',
    name,
    facets: {
      schema: {
        ...facet('SchemaDatasetFacet'),
        fields: Array.from({ length: 8 }, (_, index) => ({
          name: `column_${index}`,
          type: 'float64',
        })),
      },
    },
  });
  const begun = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    eventType: index === count - 1 ? 'COMPLETE' : 'RUNNING',
    eventTime: new Date(begun + index).toISOString(),
    producer: 'https://example.org/pipeline',
    schemaURL:
      'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId, facets: {} },
    job: { namespace: 'airflow', name: 'bench.step', facets: {} },
    inputs: [dataset('loans/raw'), dataset('loans/bureau')],
    outputs: [dataset('loans/clean')],
  }));
}

/** Splits a list into requests. */
export function inBatches<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
