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
      /**
       * Another model that what stands in this environment is copied into. The alias is that of the other model then;
       * without one its newest version is what stands there.
       */
      copy?: {
        /** Id of the other model's source; the model's own unless given. */
        source?: string;
        /** Name of the other model, with `{name}` in the place of the model's own; just that unless given. */
        name?: string;
        /** Sources whose models are copied, `*` for any letters; in those of others it is the alias. All unless given. */
        from?: string[];
      };
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
      /** Files of more than 32 MB, which stay at their sources, as a backend fetched them. */
      cache?: {
        /** Folder on this machine; one below `backend.workingDirectory`, else of the system, unless given. */
        directory?: string;
        /** How long they are kept after their last use; 7 days unless given. */
        keep?: HumanDuration | string;
        /** How large one of them, and all together, may be; 1024 unless given. Larger ones are not read. */
        megabytes?: number;
      };
    };
    lineage?: {
      /**
       * How long OpenLineage events are kept as they came; what they say of the graph stays. 90 days unless given. An
       * event that comes again after that counts as new.
       */
      keepEvents?: HumanDuration | string;
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
      /**
       * Owners of models; the first that the catalog knows counts. A rule with `source` or `name` counts whatever the
       * owner tag says, which anybody sets who may write to the registry; one with `tag` says what that tag means, and one
       * with `owner` alone is for models whose tags name nobody whom the catalog knows.
       */
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
    /** Explanations and reason codes. */
    explanations?: {
      /** Features whose values nobody is shown, with `*` for any characters; besides those that a document marks. */
      maskedFeatures?: string[];
      /** Figures of fewer rows are withheld, since they would tell of single people. 10 unless given. */
      smallestGroup?: number;
      /** How long it is kept which reasons were given. 25 months unless given, as Regulation B asks. */
      keepDecisions?: HumanDuration | string;
      /** How long rows of explanations can be read after they came. 25 months unless given, so that decisions can be run again. */
      keepRows?: HumanDuration | string;
      /** When computing an explanation is given up. 20 seconds unless given. */
      computeTimeout?: HumanDuration | string;
    };
    /** Promotions: who decides, and what is judged. The environments themselves are `modelport.environments`. */
    promotions?: {
      /** Groups that judge risk: one approval of a promotion at high risk comes from them. None unless given. */
      riskGroups?: string[];
      /**
       * Approvals by risk tier; a model whose tier nobody confirmed counts as high. Unless given: low is automatic as
       * long as every gate passes, medium takes one, high takes two from different groups and one from the risk groups.
       */
      approvals?: {
        low?: {
          approvals?: number;
          differentGroups?: boolean;
          oneFrom?: string[];
        };
        medium?: {
          approvals?: number;
          differentGroups?: boolean;
          oneFrom?: string[];
        };
        high?: {
          approvals?: number;
          differentGroups?: boolean;
          oneFrom?: string[];
        };
      };
      /** Gates of every environment; docs/promotions.md tells the types. */
      gates?: Array<{ id: string; type: string; [setting: string]: unknown }>;
      /** What is otherwise in some environments; a gate of the same id takes the place of the one above. */
      environments?: {
        [environment: string]: {
          approvals?: object;
          gates?: Array<{
            id: string;
            type: string;
            [setting: string]: unknown;
          }>;
          rollback?: 'one' | 'quorum';
          /** As `rollouts` of all environments. */
          rollouts?: Array<{
            kind: 'direct' | 'canary' | 'shadow' | 'ab';
            [setting: string]: unknown;
          }>;
        };
      };
      /** Whether who may roll back decides that alone (`one`, unless given) or a quorum does. */
      rollback?: 'one' | 'quorum';
      /**
       * Ways in which a version may come into an environment; the first that is possible is taken unless another is asked
       * for. All at once (`direct`) unless given, and whatever is given where nothing is live yet. The others need a source
       * that splits traffic.
       */
      rollouts?: Array<{
        kind: 'direct' | 'canary' | 'shadow' | 'ab';
        /** Of a canary: percentages of the requests, each more than the one before, and how long each holds at least. */
        steps?: Array<{ percent: number; for?: HumanDuration }>;
        /** Of a shadow (100 unless given) and of A/B (50 unless given). */
        percent?: number;
        /** How long a shadow or A/B holds at least. */
        for?: HumanDuration;
        /** Whether a person lets it go on (`manual`, unless given; always of A/B), or the time of a step does. */
        next?: 'manual' | 'automatic';
        /** What returns to the version before by itself. */
        abortOn?: Array<
          | {
              type: 'alert';
              /** The least severity that counts; high unless given. */
              severity?: 'low' | 'medium' | 'high';
              /** Whether alerts count that were opened since on other versions of the model; only the version's unless given. */
              of?: 'version' | 'model';
            }
          | {
              /** One of `modelport.monitoring.serving.objectives`, missed in the last hour. */
              type: 'objective';
              objective: 'availability' | 'latency';
            }
        >;
        /** Some models only; `*` stands for any letters. */
        only?: { sources?: string[]; names?: string[]; tasks?: string[] };
      }>;
      /** Undecided promotions expire after this time; 30 days unless given. */
      expireAfter?: HumanDuration;
      waivers?: {
        /** The longest that a waiver holds; 90 days unless given. */
        maximum?: HumanDuration;
        /** Whether the gate of authors who can't be mapped to people may be waived, by the risk groups. True unless given. */
        authors?: boolean;
      };
      /** Evidence of the kind `commits`, which says who committed since the version in production. */
      commits?: {
        /** Whether the gate of authors can't tell without it, which blocks at high risk. True unless given. */
        required?: boolean;
        /**
         * Whose evidence says that all of them are named; `['service:*']` unless given, the services that this portal's
         * config names. A push token is in the hands of who made the model, as are its artefacts.
         */
        from?: string[];
      };
      /** People who decide for a group for a time, in their own name, as if they were of it. */
      deputies?: Array<{
        /** Entity ref of the person. */
        entityRef: string;
        /** Entity ref of the group. */
        for: string;
        /** Since when, such as `2030-01-01T00:00:00Z`; since ever unless given. */
        from?: string;
        until: string;
      }>;
      /** People behind users of registries; who is not named is looked for in the catalog by e-mail. */
      people?: Array<{
        /** The user as the registry or the repository writes it. */
        user: string;
        /** Id of the source; any unless given. */
        source?: string;
        /** Entity ref of the person. */
        entityRef: string;
      }>;
    };
    /** The audit chain. */
    audit?: {
      /**
       * Private Ed25519 key as PEM with which the heads of the chain are signed. Without one none are written, and who
       * administers the database could recompute or cut the chain unseen.
       *
       * @visibility secret
       */
      signingKey?: string;
      heads?: {
        /** File to which signed heads are appended; best on a disk that the database's administrators can't write. */
        file?: string;
        /**
         * A bucket of an object store that speaks S3, to which heads are written as objects that are never written over;
         * best with a lock on objects. The credentials are those of `aws`, else of the machine.
         */
        s3?: {
          bucket: string;
          /** What names of objects begin with; `modelport-audit/` unless given. */
          prefix?: string;
          region?: string;
          /** Address of a store that is not Amazon's. */
          endpoint?: string;
          /** Whether the bucket is named in the path instead of the host. */
          forcePathStyle?: boolean;
          /** The account of `aws.accounts` whose credentials are taken; the main one unless given. */
          accountId?: string;
        };
        /** How often; every minute unless given. Nothing is written while nothing was done. */
        frequency?: HumanDuration | string;
      };
    };
    /** Monitoring of versions. */
    monitoring?: {
      /** Folders of this machine in which monitors may read files; none unless given. */
      folders?: string[];
      /** Bytes that a monitor reads of artefacts or an address at most; 1 GiB unless given. */
      maxBytes?: number;
      /**
       * Seconds after which what changed of a window that is under way becomes evidence; 300 unless given. A window
       * that is over does at once.
       */
      publishSeconds?: number;
      /**
       * Days after the last rows that were sent for a window, its end, and the time in which its labels mature, until their
       * counts are deleted; 180 unless given. Figures made of them stay, and more rows of that window are refused.
       */
      keepCountsDays?: number;
      /** Telemetry of what serves models; none unless given. */
      serving?: {
        /** Address of Prometheus. */
        url: string;
        /** @visibility secret */
        token?: string;
        /**
         * PromQL with `$model`, `$source` and `$step`, and `$quantile` of latency and scores; those of the metrics of a
         * generated repository unless given.
         */
        queries?: {
          requests?: string;
          predictions?: string;
          errors?: string;
          latency?: string;
          scores?: string;
        };
        /** Service levels: shares of requests. */
        objectives?: {
          availability?: number;
          latency?: { target: number; seconds: number; fast?: string };
        };
        /** What serving costs: an amount an hour, or a query of the cost of each `$step`. */
        price?: { currency: string; perHour?: number; query?: string };
      };
      /** Engines that hold tables of monitors. */
      engines?: Array<{
        /** What monitors name it by. */
        id: string;
        type: 'databricks';
        /** Address of the workspace. */
        host: string;
        /** Id of the SQL warehouse. */
        warehouse: string;
        /** @visibility secret */
        token: string;
      }>;
      alerts?: {
        /**
         * When an alert is opened; of each category there is one at a time for a version. Unless given: drift that a tool
         * itself says in two windows in a row, performance outside of its thresholds, and findings on data.
         */
        rules?: Array<{
          id: string;
          category: 'drift' | 'performance' | 'data' | 'missing';
          /** Name of the models, with `*` for any characters; any unless given. */
          model?: string;
          tool?: string;
          /** As the tool calls it. */
          statistic?: string;
          feature?: string;
          /** What a value must not pass; what the tool itself says unless given. */
          threshold?: number;
          /** Times the window before that a value must reach. */
          rise?: number;
          /** Windows in a row that must be in breach; one unless given. */
          windows?: number;
          /**
           * Hours without a report until it is missing; for the category `missing` only. Unless given, each tool that
           * reported more than one window is expected within two of its windows, and a day.
           */
          afterHours?: number;
          /** Ids of what an alert starts; never for the category `data`. */
          actions?: string[];
        }>;
        /**
         * Whether models that no rule of the category `missing` is for have one without `afterHours`; true unless given.
         * Models that people gave rules of their own have those only.
         */
        missing?: boolean;
        /**
         * Share of a column's values below or above all of the reference up to which that is drift, which retraining is
         * for; with more, the data are taken for wrong, and start nothing. 0.5 unless given; 0: they always are.
         */
        outsideIsDriftUpTo?: number;
        /** What alerts may start: each once an alert, and for a model not again within the cool-down. */
        actions?: Array<{
          id: string;
          type: 'webhook' | 'github' | 'gitlab' | 'airflow';
          /** Hours in which it is not started again for the same model; 24 unless given. */
          coolDownHours?: number;
          /** Of the webhook, or base of Airflow. */
          url?: string;
          /**
           * Signs the body of a webhook.
           *
           * @visibility secret
           */
          secret?: string;
          /** Of GitHub or GitLab. */
          apiBaseUrl?: string;
          /** Of GitHub, `owner/name`. */
          repository?: string;
          /** Of GitHub: file name of the workflow. */
          workflow?: string;
          /** Of GitLab: id or path. */
          project?: string;
          ref?: string;
          /** Of Airflow. */
          dag?: string;
          /** Of Airflow's REST API; `v2` unless given. */
          apiVersion?: 'v1' | 'v2';
          /** @visibility secret */
          token?: string;
          /**
           * Of GitLab: reads what became of the pipeline, which the token of a trigger may not (scope `read_api`).
           *
           * @visibility secret
           */
          readToken?: string;
          username?: string;
          /** @visibility secret */
          password?: string;
        }>;
      };
    };
    /** How models stand in the catalog; the catalog module reads these too. */
    catalog?: {
      /** Namespace of the models' entities; `default` unless given. */
      namespace?: string;
    };
  };
}
