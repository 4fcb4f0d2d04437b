import { waitFor } from '../stack/waitFor.ts';

/** How a task of the scaffolder ended. */
export interface EndedTask {
  id: string;
  status: string;
  output: Record<string, unknown>;
  /** What its steps said. */
  log: string;
}

interface TaskEvent {
  type: string;
  body: { message?: string; output?: Record<string, unknown> };
}

/** Starts tasks of the scaffolder in a person's name, as its form does. */
export class Tasks {
  readonly #url: string;
  /** With which whoever started the tasks asks the portal. */
  readonly headers: Record<string, string>;

  constructor(backendUrl: string, token: string) {
    this.#url = `${backendUrl}/api/scaffolder`;
    this.headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
  }

  async read<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#url}/${path}`, {
      headers: this.headers,
    });
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return await answer.json();
  }

  /** Waits until the catalog has a template: after a start it reads them one by one. */
  async untilThere(template: string): Promise<void> {
    await waitFor(
      `the template ${template}`,
      async () => {
        const { ok } = await fetch(
          `${
            this.#url
          }/v2/templates/default/template/${template}/parameter-schema`,
          { headers: this.headers },
        );
        return ok;
      },
      { deadlineMs: 120_000 },
    );
  }

  /** Runs a template of the portal to its end. */
  async run(
    template: string,
    values: Record<string, unknown>,
  ): Promise<EndedTask> {
    const answer = await fetch(`${this.#url}/v2/tasks`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify({
        templateRef: `template:default/${template}`,
        values,
      }),
    });
    if (!answer.ok) {
      throw new Error(`${template} was refused: ${await answer.text()}`);
    }
    const { id } = await answer.json();
    return await this.#end(id);
  }

  /** Tries a task that failed once more. */
  async tryAgain(id: string): Promise<EndedTask> {
    const answer = await fetch(`${this.#url}/v2/tasks/${id}/retry`, {
      method: 'POST',
      headers: this.headers,
      body: '{}',
    });
    if (!answer.ok) {
      throw new Error(`${id} was not tried again: ${await answer.text()}`);
    }
    return await this.#end(id);
  }

  async #end(id: string): Promise<EndedTask> {
    const status = await waitFor(
      `the task ${id} to end`,
      async () => {
        const task = await this.read<{ status: string }>(`v2/tasks/${id}`);
        return ['completed', 'failed'].includes(task.status) && task.status;
      },
      { deadlineMs: 180_000, everyMs: 200 },
    );
    const events = await this.read<TaskEvent[]>(`v2/tasks/${id}/events`);
    return {
      id,
      status,
      output:
        events.find(({ type }) => type === 'completion')?.body.output ?? {},
      log: events.map(({ body }) => body.message ?? '').join('\n'),
    };
  }
}
