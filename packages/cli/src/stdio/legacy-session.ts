import { z } from 'zod';

const sessionHeader = 'mcp-session-id';
const initializedNotice = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
const listChanges = z.looseObject({ listChanged: z.boolean().optional() }).optional();
const initializeAnswer = z.looseObject({
  result: z.looseObject({
    protocolVersion: z.string(),
    capabilities: z.looseObject({ tools: listChanges, prompts: listChanges, resources: listChanges }).optional(),
  }),
});

type Post = (text: string, headers: Readonly<Record<string, string>>) => Promise<Response>;

/** The legacy session of one stdio client: made by its `initialize`, made again when the gateway lost it. */
export class LegacySession {
  #id: string | undefined;
  #version: string | undefined;
  #initialize: string | undefined;
  #changing: readonly string[] = [];
  #ready: Promise<void> = Promise.resolve();

  /** Whether the client sent `initialize`: it speaks the legacy era. */
  get isBegun(): boolean {
    return this.#initialize !== undefined;
  }

  /** Whether the gateway gave the session an id; without one it serves the client stateless. */
  get hasId(): boolean {
    return this.#id !== undefined;
  }

  /** Whether these headers name a session. */
  isNamedBy(headers: Readonly<Record<string, string>>): boolean {
    return headers[sessionHeader] !== undefined;
  }

  /** Resolves when no `initialize` is on its way. Never rejects. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The headers that name the session and the revision agreed on. */
  headers(): Record<string, string> {
    return {
      ...(this.#id === undefined ? {} : { [sessionHeader]: this.#id }),
      ...(this.#version === undefined ? {} : { 'mcp-protocol-version': this.#version }),
    };
  }

  /** The notices by which a client that missed some is made to read its lists again. */
  changeNotices(): readonly string[] {
    return this.#changing.map((list) =>
      JSON.stringify({ jsonrpc: '2.0', method: `notifications/${list}/list_changed` }),
    );
  }

  /** Sends the client's `initialize` and keeps what the answer says of the session. */
  async begin(text: string, post: () => Promise<Response>): Promise<Response> {
    this.#initialize = text;
    this.#id = undefined;
    this.#version = undefined;
    const answer = post().then(async (response) => {
      await this.#keep(response);
      return response;
    });
    this.#ready = answer.then(
      () => undefined,
      () => undefined,
    );
    return await answer;
  }

  /**
   * Makes the session again by the client's own `initialize`; the client hears nothing of it. `lost` are the headers of
   * the session that was refused: when many requests find it gone at once, the first makes the new one, and is the only
   * one that is answered true.
   */
  async renew(lost: Readonly<Record<string, string>>, post: Post): Promise<boolean> {
    await this.#ready;
    const text = this.#initialize;
    if (text === undefined || lost[sessionHeader] !== this.#id) {
      await this.#ready;
      return false;
    }
    const response = await this.begin(text, () => post(text, {}));
    await response.body?.cancel();
    const notice = await post(initializedNotice, this.headers());
    await notice.body?.cancel();
    return true;
  }

  async #keep(response: Response): Promise<void> {
    this.#id = response.headers.get(sessionHeader) ?? undefined;
    if (!response.ok) return;
    const text = await response.clone().text();
    // An answer may come as the one event of a stream; the JSON is the same.
    const json = /^data: ?(\{.*\})\s*$/m.exec(text)?.[1] ?? text;
    const answer = initializeAnswer.safeParse(parseJson(json));
    if (!answer.success) return;
    const { protocolVersion, capabilities = {} } = answer.data.result;
    this.#version = protocolVersion;
    this.#changing = (['tools', 'prompts', 'resources'] as const).filter((list) => capabilities[list]?.listChanged);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
