import { metrics } from '@opentelemetry/api';

/** The synchronisation's own health as OpenTelemetry metrics. */
export class SyncMetrics {
  private readonly meter = metrics.getMeter('modelport');
  private readonly duration = this.meter.createHistogram(
    'modelport.sources.pass.duration',
    { description: 'Time of a full pass over a source', unit: 's' },
  );
  private readonly failures = this.meter.createCounter(
    'modelport.sources.pass.failures',
    { description: 'Passes over a source that failed' },
  );
  private readonly problems = this.meter.createCounter(
    'modelport.sources.problems',
    { description: 'Artefacts and entries of a source that could not be read' },
  );

  /** Reports for every source the seconds since its last successful pass. */
  observeLag(
    lastSuccesses: () => Promise<Map<string, { lastSuccessAt: string | null }>>,
  ): void {
    this.meter
      .createObservableGauge('modelport.sources.lag', {
        description: 'Time since the last successful pass over a source',
        unit: 's',
      })
      .addCallback(async result => {
        for (const [source, { lastSuccessAt }] of await lastSuccesses()) {
          if (lastSuccessAt) {
            result.observe((Date.now() - Date.parse(lastSuccessAt)) / 1000, {
              source,
            });
          }
        }
      });
  }

  passed(
    source: string,
    pass: { seconds: number; errors: number; fresh: boolean },
  ): void {
    this.duration.record(pass.seconds, { source, fresh: pass.fresh });
    this.problems.add(pass.errors, { source });
  }

  failed(source: string): void {
    this.failures.add(1, { source });
  }
}
