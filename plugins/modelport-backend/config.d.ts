import { HumanDuration } from '@backstage/types';

export interface Config {
  modelport?: {
    /** Passes over the sources. */
    sync?: {
      /** How often every source is passed over; one minute unless given. */
      frequency?: HumanDuration | string;
      /**
       * When a pass makes room for the next, which goes on where it stopped; 10 minutes unless given. A backend that is
       * killed holds the others up for that long.
       */
      timeout?: HumanDuration | string;
      /**
       * How often runs and metrics of versions whose run is finished are read again, some of them with every pass: a
       * registry takes metrics of finished runs, and deletes runs, without showing it in its lists. 24 hours unless
       * given.
       */
      recheck?: HumanDuration | string;
    };
    /** Environments in the order of promotion, and what each means at the source. */
    environments?: Array<{
      name: string;
      /** The alias of the version that stands in this environment. */
      alias?: string;
      /** The stage that says the same on old registries; counts where no version has the alias. */
      stage?: string;
    }>;
    /** Evidence of versions. */
    evidence?: {
      /**
       * What the keys of people's rows in evaluations are wrapped with, so that a copy of the database alone reads no
       * row. Keep it: without it, rows that were kept under it can't be read any more. Made up once and kept in the
       * database unless given.
       *
       * @visibility secret
       */
      rowSecret?: string;
      /**
       * Whether the artefacts of versions that are the latest or in an environment are looked through for evidence
       * unasked; those of others always are when somebody opens them. True unless given.
       */
      artefacts?: boolean;
    };
    /** What is read from a model's tags, and what is known of models beside them. */
    models?: {
      /** Tag keys to look at for each field, in this order. */
      tags?: {
        owner?: string[];
        system?: string[];
        lifecycle?: string[];
        task?: string[];
        framework?: string[];
        riskTier?: string[];
        mainMetric?: string[];
      };
      /** Owners of models whose tags name none, or one that the catalog does not know; the first that fits counts. */
      owners?: Array<{
        /** Entity ref of the owner. */
        owner: string;
        /** Source id; any unless given. */
        source?: string;
        /** Name of the model, with `*` for any characters; any unless given. */
        name?: string;
        /** Value of the owner tag; any unless given. */
        tag?: string;
      }>;
      /** Keys of the metric that counts, by task, in the order of preference. */
      mainMetrics?: {
        [task: string]: Array<{
          key: string;
          /** Which values are better; told from the key unless given. */
          direction?: 'higher' | 'lower';
        }>;
      };
    };
    /** Model cards. */
    cards?: {
      /**
       * By what the completeness of a card is judged, for each risk tier: the id of a template that comes with the portal
       * (`default`, `hugging-face`, `model-card-toolkit`, `eu-ai-act-annex-iv`, `nist-ai-rmf`, `sr-26-2-ss1-23`), or a
       * list of one's own. `default` unless given. A template asks more of a higher tier; a list asks the same of all.
       */
      templates?: {
        low?: string | { name: string; fields: string[] };
        medium?: string | { name: string; fields: string[] };
        high?: string | { name: string; fields: string[] };
      };
    };
    /** How models stand in the catalog; the catalog module reads these too. */
    catalog?: {
      /** Namespace of the models' entities; `default` unless given. */
      namespace?: string;
    };
  };
}
