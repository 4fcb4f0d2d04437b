export interface Config {
  auth?: {
    providers?: {
      /**
       * The people of the demo, for development only: where it is given, the portal offers them to sign in.
       * @visibility frontend
       */
      demo?: {};
      /**
       * The organisation's OpenID Connect server: where it is given, people sign in there, and nobody as one of the demo.
       * @visibility frontend
       */
      oidc?: {};
    };
  };
}
