import type { ServerResponse } from 'node:http';
import type { DoorRefusal, Era, JsonRpcErrorBody } from '@fairlead/server-kit/mcp';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { RunningPart } from '../up/supervised-part.ts';
import { bridgeRefusals } from './bridge-error.ts';
import { ChildLink, type ClientRequest, type UnaskedMessage } from './child-link.ts';
import type { ChildReports } from './child-reports.ts';
import { EventStream } from './event-stream.ts';
import { openConversation } from './open-conversation.ts';
import { PostAnswer } from './post-answer.ts';
import type { StdioChild } from './stdio-child.ts';

/** What a shared server is made of. */
export interface SharedServerOptions {
  readonly startChild: () => Promise<StdioChild>;
  /** Absent: the server is asked. */
  readonly era?: Era;
  readonly clientVersion: string;
  readonly clock: Clock;
  readonly reports: ChildReports;
}

/** Where one request's answer goes. */
export interface SharedAnswer {
  readonly response: ServerResponse;
  readonly acceptsStream: boolean;
}

/**
 * The one server process for all requests without a session. Its notices that belong to no call reach nobody: they could
 * be another client's.
 */
export class SharedServer implements RunningPart {
  readonly pid: number;
  readonly ended: Promise<string>;
  readonly era: Era;
  readonly #child: StdioChild;
  readonly #link: ChildLink;
  readonly #clock: Clock;

  private constructor(opened: { child: StdioChild; link: ChildLink; era: Era }, clock: Clock) {
    this.#child = opened.child;
    this.#link = opened.link;
    this.#clock = clock;
    this.era = opened.era;
    this.pid = opened.child.pid;
    this.ended = opened.child.ended;
  }

  /**
   * Starts the server and does what its era asks of a client before the first call.
   *
   * @throws Error of Node when it cannot be started; Error when it ends or refuses before it can serve.
   */
  static async start(options: SharedServerOptions): Promise<SharedServer> {
    const { clock } = options;
    const opened = await openConversation({
      ...options,
      link: (child) => {
        const link: ChildLink = new ChildLink({
          child,
          reports: options.reports,
          onUnasked: (message) => answerUnasked(message, link),
        });
        return link;
      },
    });
    return new SharedServer(opened, clock);
  }

  /** Why it does not run; absent while it does. */
  get downReason(): string | undefined {
    return this.#child.endReason;
  }

  get openCount(): number {
    return this.#link.openCount;
  }

  /** Serves one request. A client that closes cancels: nothing else could tell of a request without a session. */
  request(request: ClientRequest, { response, acceptsStream }: SharedAnswer): DoorRefusal | undefined {
    if (this.downReason !== undefined) return bridgeRefusals.down(this.downReason);
    if (this.#link.isBusy) return bridgeRefusals.busy();
    const post = new PostAnswer({
      response,
      stream: new EventStream({ key: 'shared', log: undefined, clock: this.#clock }),
      clock: this.#clock,
      acceptsStream,
      onGone: () => this.#link.cancel(number),
      onDone: () => undefined,
    });
    const number = this.#link.request(request, post);
    return undefined;
  }

  /** Ends the subscriptions; other calls go on. */
  endListening(): void {
    this.#link.endListens();
  }

  /** Answers what is still open with the error. */
  failAll(error: JsonRpcErrorBody): void {
    this.#link.failAll(error);
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }
}

const methodNotFound = -32_601;

/** No client can be asked: a question is declined (03 §3), anything else is unknown here. */
function answerUnasked(message: UnaskedMessage, link: ChildLink): void {
  if (message.kind !== 'request') return;
  const { id, method } = message;
  const answers: Readonly<Record<string, object>> = {
    ping: { result: {} },
    'elicitation/create': { result: { action: 'decline' } },
  };
  const unknown = { error: { code: methodNotFound, message: `${method} needs a client with a session.` } };
  link.forward(JSON.stringify({ jsonrpc: '2.0', id, ...(Object.hasOwn(answers, method) ? answers[method] : unknown) }));
}
