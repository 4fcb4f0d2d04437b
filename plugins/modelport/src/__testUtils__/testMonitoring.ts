import {
  AlertRules,
  DriftHeatMap,
  Monitor,
  Monitoring,
  Serving,
} from '@modelport/plugin-modelport-common';

/** Monitoring of which nothing is known but what is given. */
export function testMonitoring(part: Partial<Monitoring> = {}): Monitoring {
  return {
    drift: 'unknown',
    series: [],
    performance: [],
    integrity: [],
    checked: [],
    profiles: [],
    importance: null,
    unplaced: [],
    truncated: false,
    ...part,
  };
}

const MONTHS = ['2019-03', '2019-04', '2019-05', '2019-06'].map(
  month => `${month}-01T00:00:00.000Z`,
);

/** Three months in which the value of cars moved away. */
export function testDriftingMonitoring(): Monitoring {
  const windows = MONTHS.slice(0, 3).map((start, place) => ({
    start,
    end: MONTHS[place + 1],
    period: 'current' as const,
    evidence: 'e'.repeat(64),
  }));
  const series = (feature: string, values: number[]) => ({
    feature,
    statistic: 'psi',
    tool: 'Evidently',
    toolVersion: null,
    threshold: 0.1,
    direction: 'above' as const,
    bins: 10,
    points: windows.map((window, place) => ({
      ...window,
      value: values[place],
      threshold: 0.1,
      lowerThreshold: null,
      noiseFloor: 0.02,
      nReference: 1_000,
      nCurrent: 900,
      breach: values[place] > 0.1,
      sayable: values[place] > 0.02,
    })),
  });
  return testMonitoring({
    drift: 'drifting',
    series: [
      series('car_value', [0.01, 0.9, 0.95]),
      series('loan_length', [0.03, 0.05, 0.2]),
    ],
    performance: [
      {
        metric: 'roc_auc',
        kind: 'realised',
        tool: 'NannyML',
        toolVersion: null,
        slice: null,
        threshold: 0.96,
        assumption: null,
        labels: 'accepted-only',
        points: windows.slice(0, 2).map((window, place) => ({
          ...window,
          value: place === 0 ? 0.97 : 0.95,
          lower: null,
          upper: null,
          lowerThreshold: 0.96,
          upperThreshold: 0.98,
          n: 900,
          labelled: place === 0 ? 1 : 0.4,
          open: place === 1,
          breach: place === 1 ? null : false,
        })),
      },
      {
        metric: 'roc_auc',
        kind: 'estimated',
        tool: 'NannyML',
        toolVersion: null,
        slice: null,
        threshold: 0.96,
        assumption: 'CBPE: holds while nothing else changes.',
        labels: 'unknown',
        points: windows.map(window => ({
          ...window,
          value: 0.96,
          lower: 0.95,
          upper: 0.97,
          lowerThreshold: 0.96,
          upperThreshold: 0.98,
          n: 900,
          labelled: null,
          open: false,
          breach: false,
        })),
      },
    ],
    integrity: [
      {
        feature: 'car_value',
        check: 'completeness_check',
        tool: 'SageMaker Model Monitor',
        start: MONTHS[2],
        end: MONTHS[3],
        message: '<img src=x onerror=alert(1)> half is missing',
        evidence: 'e'.repeat(64),
      },
    ],
  });
}

/** The heat map of the same. */
export function testHeatMap(): DriftHeatMap {
  const row = (feature: string, values: number[], states: string) => ({
    feature,
    statistic: 'psi',
    tool: 'Evidently',
    threshold: 0.1,
    direction: 'above' as const,
    importance: null,
    values,
    states,
  });
  return {
    windows: MONTHS.slice(0, 3).map((start, place) => ({
      start,
      end: MONTHS[place + 1],
    })),
    rows: [
      row('car_value', [0.01, 0.9, 0.95], 'nbb'),
      row('loan_length', [0.03, 0.05, 0.2], 'oob'),
      { ...row('car_value', [1, 2, 3], 'ooo'), tool: 'NannyML' },
    ],
    importance: null,
    truncated: false,
  };
}

/** No monitor but what is given. */
export function testMonitor(part: Partial<Monitor> = {}): Monitor {
  return {
    definition: null,
    declaredBy: null,
    problem: null,
    mayConfigure: false,
    version: '2',
    lastRunAt: null,
    running: false,
    message: null,
    referenceRows: null,
    columns: null,
    windows: null,
    ...part,
  };
}

/** The rules of the config. */
export function testRules(part: Partial<AlertRules> = {}): AlertRules {
  return {
    items: [
      {
        id: 'drift',
        category: 'drift',
        windows: 2,
        threshold: null,
        rise: null,
        actions: [],
      },
    ],
    declaredBy: null,
    mayEdit: false,
    actions: [],
    statistics: ['psi', 'ks'],
    ...part,
  };
}

/** Telemetry without any series but what is given. */
export function testServing(part: Partial<Serving> = {}): Serving {
  return {
    configured: true,
    problem: null,
    from: '2026-11-20T00:00:00Z',
    to: '2026-11-21T00:00:00Z',
    series: [],
    objectives: [],
    costPerThousand: null,
    currency: null,
    ...part,
  };
}
