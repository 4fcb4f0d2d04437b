import { connect } from 'node:net';
import { Mistake } from './Mistake.mjs';

/** Says plainly which port is taken, and how to go on. */
export async function requireFreePorts({ port, backendPort }) {
  for (const [number, setting] of [
    [port, 'MODELPORT_PORT'],
    [backendPort, 'MODELPORT_BACKEND_PORT'],
  ]) {
    const taken = await Promise.all(
      ['127.0.0.1', '::1'].map(host => isAnswered(host, number)),
    );
    if (taken.includes(true)) {
      throw new Mistake(
        `Port ${number} is taken by another program, perhaps by a Modelport that runs already. Stop that, or choose another port: ${setting}=${
          number + 100
        } npm start`,
      );
    }
  }
}

function isAnswered(host, port) {
  return new Promise(resolve => {
    const socket = connect({ host, port });
    const end = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
