export interface Config {
  modelport?: {
    scaffolder?: {
      /**
       * Address below which repositories are made where the form names none: an organisation or group of a git host that
       * makes them with the first push. Without it, the git host of the demo where that is configured.
       */
      repositories?: string;

      /**
       * Addresses below which git repositories may be, besides those of `repositories` and of integrations, such as
       * `https://git.example.org`. The portal asks no other host.
       */
      gitHosts?: string[];

      /** Id of the Modelport source that shows new models where there is no MLflow; `repositories` where absent. */
      source?: string;
    };
  };
}
