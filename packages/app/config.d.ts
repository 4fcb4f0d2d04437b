export interface Config {
  auth?: {
    providers?: {
      /**
       * The people of the demo, for development only: where it is given, the portal offers them to sign in.
       * @visibility frontend
       */
      demo?: {};
    };
  };
}
