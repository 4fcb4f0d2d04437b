export interface Config {
  modelport?: {
    sources?: {
      /** Folders of models, by source id. */
      files?: {
        [id: string]: {
          /** Whether the source is read; true where absent. */
          enabled?: boolean;
          /**
           * Directory with a folder for each model: absolute, or relative to the backend's working directory. Exactly
           * one of `directory` and `url` is needed.
           */
          directory?: string;
          /** Address of a repository's tree, read through the configured integrations. */
          url?: string;
          /** Bytes of the largest file that is fetched or read; 64 MiB where absent. */
          maxFileSize?: number;
          /** Bytes of all files of a `url` together; 1 GiB where absent. */
          maxTotalSize?: number;
          /** Files and folders that a scan looks at; 100,000 where absent. */
          maxFiles?: number;
        };
      };
    };
  };
}
