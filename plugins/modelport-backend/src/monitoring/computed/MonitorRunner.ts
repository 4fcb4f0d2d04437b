import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { MonitorDefinition, Version } from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../../evidence/EvidenceService';
import { ReceivedDocument } from '../../evidence/EvidenceIntake';
import { contentDigest } from '../../models/contentDigest';
import { SourceReadings } from '../../models/SourceReadings';
import { MonitoredVersion } from '../PointToWrite';
import { knownColumns, naiveErrorOf, timeOf } from './askData';
import { columnsOf } from './columnsOf';
import { COMPUTED_BY } from './computedBy';
import { computeWindows } from './computeWindows';
import {
  documentOfReference,
  documentsOfPerformance,
  documentsOfWindow,
} from './documentsOf';
import { MonitorEngines } from './MonitorEngines';
import { MonitorFiles } from './MonitorFiles';
import { openData, OpenData } from './openData';
import { Asking, profileReference } from './profileColumns';
import { readPerformance } from './readPerformance';
import { TimeSpan } from './readTime';
import { ReferenceProfile } from './ReferenceProfile';
import { Rows } from './statements';
import { TimeWindow, windowsOf } from './windowsOf';

/** By which version of its conventions a reference is profiled; what another one made is made again. */
const PROFILED_BY = 3;
/** Windows of performance that one statement tells apart. */
const WINDOWS_A_STATEMENT = 24;
/** Clocks, and the zones that times without one are taken for, are no further apart. */
const DAY_MS = 86_400_000;
/** Documents that are kept together. */
const DOCUMENTS_AT_ONCE = 60;

/** What a run said. */
export interface RunResult {
  reference: ReferenceProfile;
  referenceState: string;
  windows: number;
}

/** Computes what a monitor asks for, and makes it a part of the version's evidence. */
export class MonitorRunner {
  constructor(
    private readonly options: {
      evidence: Pick<EvidenceService, 'push'>;
      readings: Pick<SourceReadings, 'artefacts' | 'streamArtefact'>;
      engines: MonitorEngines;
      urlReader: UrlReaderService;
      folders: string[];
      maxBytes: number;
      now: () => Date;
      /** Told of the documents that say what is so, whether they are new or were there before. */
      onComputed?: (
        version: MonitoredVersion,
        digests: string[],
      ) => Promise<void>;
    },
  ) {}

  /**
   * @param options - `kept` is the reference of the run before, which counts again where it was made of the same.
   * @throws `InputError` that says why it could not be computed.
   */
  async run(
    definition: MonitorDefinition,
    version: Version,
    options: { signal: AbortSignal; kept?: ReferenceProfile | null },
  ): Promise<RunResult> {
    const { readings, urlReader, folders, maxBytes, engines } = this.options;
    const data = await openData(definition, version, {
      engines,
      openFiles: () =>
        MonitorFiles.open({ readings, urlReader, folders, maxBytes }),
    });
    try {
      const { documents, ...result } = await this.compute(
        definition,
        version,
        data,
        options,
      );
      await data.checkUnchanged();
      for (let at = 0; at < documents.length; at += DOCUMENTS_AT_ONCE) {
        const { items } = await this.options.evidence.push({
          source: version.source,
          name: version.name,
          version: version.version,
          visibility: undefined,
          by: COMPUTED_BY,
          documents: documents.slice(at, at + DOCUMENTS_AT_ONCE),
        });
        await this.options.onComputed?.(
          version,
          items.map(({ digest }) => digest),
        );
      }
      return result;
    } finally {
      await data.close();
    }
  }

  private async compute(
    definition: MonitorDefinition,
    version: Version,
    data: OpenData,
    options: { signal: AbortSignal; kept?: ReferenceProfile | null },
  ): Promise<RunResult & { documents: ReceivedDocument[] }> {
    const { signal, kept } = options;
    const asking: Asking = { engine: data.engine, signal };
    const { dialect } = data.engine;
    const columns = columnsOf(
      definition,
      version.signature,
      await knownColumns(asking, data.reference),
    );
    const span = data.current
      ? await timeOf(asking, { dialect, relation: data.current }, definition)
      : undefined;
    const referenceRows = await this.referenceRows(
      asking,
      definition,
      data,
      span,
    );
    const madeOf =
      data.referenceContent === null
        ? null
        : contentDigest([
            PROFILED_BY,
            data.referenceContent,
            columns,
            definition.reference,
            // How the time of its window is read.
            referenceRows.rows.time,
          ]);
    const reference =
      kept && madeOf !== null && kept.madeOf === madeOf
        ? kept
        : {
            ...(await profileReference(asking, referenceRows.rows, columns)),
            madeOf,
          };
    if (reference.rows === 0) {
      throw new InputError('The reference has no row');
    }
    // In other bins, counts can't be compared.
    const referenceState = contentDigest(reference.columns);
    if (!data.current || !span) {
      return { reference, referenceState, windows: 0, documents: [] };
    }
    const asked = definition.reference;
    const inReference = ({ start, end }: TimeWindow) =>
      !asked.data &&
      asked.window !== undefined &&
      start >= Date.parse(asked.window.start) &&
      end <= Date.parse(asked.window.end);
    const windows = windowsOf(definition.window, span.time.zone, {
      from: span.from,
      // Rows of a time that is still to come have a wrong one, and must not hide those that are true.
      to: Math.min(span.to, this.options.now().getTime() + DAY_MS),
    }).filter(window => !inReference(window));
    const rows: Rows = {
      dialect,
      relation: data.current,
      time: span.time,
      known: await knownColumns(asking, data.current),
    };
    const computed = await computeWindows(asking, {
      reference,
      referenceRows: referenceRows.rows,
      rows,
      windows,
      thresholds: definition.thresholds,
      exact: true,
    });
    const ofReference = referenceRows.window ?? windows.at(0);
    const documents = [
      ...(ofReference
        ? [
            documentOfReference(
              reference.columns.map(({ counts }) => counts),
              ofReference,
            ),
          ]
        : []),
      ...computed.flatMap(documentsOfWindow),
      ...(await this.performance(asking, definition, {
        rows,
        referenceRows: referenceRows.rows,
        windows: computed,
      })),
    ];
    return { reference, referenceState, windows: computed.length, documents };
  }

  private async referenceRows(
    asking: Asking,
    definition: MonitorDefinition,
    data: OpenData,
    current: TimeSpan | undefined,
  ): Promise<{ rows: Rows; window: TimeWindow | null }> {
    const { window, data: own } = definition.reference;
    const rows: Rows = {
      dialect: data.engine.dialect,
      relation: data.reference,
    };
    if (!window) {
      return { rows, window: null };
    }
    const span = own ? await timeOf(asking, rows, definition) : current;
    if (!span) {
      throw new InputError('The rows of the reference say no time');
    }
    const limits = {
      start: Date.parse(window.start),
      end: Date.parse(window.end),
    };
    return {
      rows: { ...rows, time: span.time, windows: [limits] },
      window: limits,
    };
  }

  private async performance(
    asking: Asking,
    definition: MonitorDefinition,
    of: { rows: Rows; referenceRows: Rows; windows: TimeWindow[] },
  ): Promise<ReceivedDocument[]> {
    const { label } = definition;
    if (!label) {
      return [];
    }
    const naiveError =
      label.task === 'value'
        ? await naiveErrorOf(asking, of.referenceRows, definition)
        : null;
    const documents: ReceivedDocument[] = [];
    for (let at = 0; at < of.windows.length; at += WINDOWS_A_STATEMENT) {
      const windows = of.windows.slice(at, at + WINDOWS_A_STATEMENT);
      const counts = await readPerformance(
        asking,
        { ...of.rows, windows },
        label,
      );
      for (const [place, window] of windows.entries()) {
        documents.push(
          ...(await documentsOfPerformance(window, counts[place], {
            label,
            naiveError,
            now: this.options.now().getTime(),
          })),
        );
      }
    }
    return documents;
  }
}
