import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { DEMO_PEOPLE, DemoPerson } from './people';

/** Header that names the person of the demo who signs in. */
export const DEMO_USER_HEADER = 'x-demo-user';

/** Who signed in, as the header says; nothing proves it, so it is for development only. */
export interface DemoResult {
  name: string;
  person: DemoPerson;
}

/** Takes the word of the `x-demo-user` header. */
export const demoAuthenticator = createProxyAuthenticator<
  undefined,
  DemoResult,
  undefined
>({
  async defaultProfileTransform({ person }) {
    return {
      profile: { displayName: person.displayName, email: person.email },
    };
  },
  initialize() {
    return undefined;
  },
  async authenticate({ req }) {
    const name = req.header(DEMO_USER_HEADER);
    const person = name === undefined ? undefined : DEMO_PEOPLE.get(name);
    if (name === undefined || !person) {
      const known = [...DEMO_PEOPLE.keys()].join(', ');
      throw new AuthenticationError(
        name === undefined
          ? `The header ${DEMO_USER_HEADER} is missing; it names one of ${known}`
          : `The header ${DEMO_USER_HEADER} names nobody of the demo; it names one of ${known}`,
      );
    }
    return { result: { name, person } };
  },
});
