export interface Config {
  modelport?: {
    /** The git host of the demo; only where NODE_ENV is development. */
    githost?: {
      /**
       * Folder of the repositories, absolute or from the backend's working directory. Without it there is no git host.
       */
      directory?: string;
    };
  };
}
