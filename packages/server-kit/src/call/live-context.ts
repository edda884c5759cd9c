import { randomUUID } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import type { AttachedContent, CallContext } from '../define/call-context.ts';
import type { Cursors } from '../define/cursors.ts';
import type { z } from 'zod';
import type { Question, Reply } from '../define/question.ts';
import type { ContentLabels } from '../define/labels.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Sealer } from '../runtime/sealer.ts';
import { cleanMarkup } from '../runtime/untrusted/clean-markup.ts';
import { cleanText } from '../runtime/untrusted/clean-text.ts';
import { fence } from '../runtime/untrusted/fence.ts';
import { Dialogue } from './dialogue.ts';
import { mergeLabels } from './merge-labels.ts';
import { ProgressReporter } from './progress-reporter.ts';
import type { RequestScope } from './request-scope.ts';
import { bindingText, createCursors } from './sealed-cursors.ts';
import type { SpentStates } from './spent-states.ts';

/** What a live context needs beside the request. */
export interface LiveContextOptions {
  readonly scope: RequestScope;
  /** Where the signal comes from; asked on first use. */
  readonly signalSource: { readonly signal: AbortSignal };
  readonly sealer: Sealer;
  readonly spent: SpentStates;
  readonly clock: Clock;
  readonly subject: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string | undefined;
  /** URI that is read; for resources. */
  readonly uri?: string;
  readonly onProgress?: () => void;
}

/** The `CallContext` of one call, and what the handler left in it. */
export class LiveContext implements CallContext {
  readonly principal: Principal;
  readonly traceId: string;
  readonly idempotencyKey: string | undefined;
  readonly uri: string;
  readonly attached: AttachedContent[] = [];
  readonly #options: LiveContextOptions;
  #cursors: Cursors | undefined;
  #reporter: ProgressReporter | undefined;
  #labels: ContentLabels | undefined;
  #fenceId: string | undefined;
  #dialogue: Dialogue | undefined;

  // Handlers take these out of the context by name, so they are bound to it.
  readonly progress = (done: number, total?: number, message?: string): void => {
    this.#options.onProgress?.();
    this.#reporter ??= new ProgressReporter(this.#options.scope, this.#options.clock);
    this.#reporter.report(done, total, message);
  };

  readonly untrusted = (text: string, source: string): string => {
    this.label({ integrity: 'untrusted', source });
    this.#fenceId ??= randomUUID();
    // Hidden characters go first: a zero-width space inside a tag would otherwise hide the tag from the second step.
    return fence(cleanMarkup(cleanText(text).text), source, this.#fenceId);
  };

  readonly clean = (text: string, source: string): string => {
    this.label({ integrity: 'untrusted', source });
    return cleanText(text).text;
  };

  readonly label = (labels: Partial<ContentLabels>): void => {
    this.#labels = mergeLabels(this.#labels, labels);
  };

  readonly ask = <Answer extends z.ZodObject>(key: string, question: Question<Answer>): Promise<Reply<Answer>> => {
    const { sealer, spent, scope, subject, input } = this.#options;
    this.#dialogue ??= new Dialogue({
      sealer,
      spent,
      boundTo: bindingText({ principal: this.principal, subject: `ask ${subject}`, input }),
      returned: scope.returnedInput,
    });
    return this.#dialogue.ask(key, question);
  };

  readonly attach = (content: AttachedContent): void => {
    this.attached.push(content);
  };

  constructor(options: LiveContextOptions) {
    this.#options = options;
    this.principal = options.scope.principal;
    this.traceId = options.scope.traceId;
    this.idempotencyKey = options.idempotencyKey;
    this.uri = options.uri ?? '';
  }

  get signal(): AbortSignal {
    return this.#options.signalSource.signal;
  }

  get log(): Logger {
    return this.#options.scope.log;
  }

  get cursors(): Cursors {
    const { sealer, subject, input } = this.#options;
    return (this.#cursors ??= createCursors(sealer, { principal: this.principal, subject, input }));
  }

  /** Labels that the handler set; `undefined` when it set none. */
  get labels(): ContentLabels | undefined {
    return this.#labels;
  }

  /** Ends progress. Call it before the result leaves. */
  close(): void {
    this.#reporter?.close();
  }
}
