import { hash } from 'node:crypto';
import { metaKeys } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import { Internal, Timeout } from '../runtime/errors/errors.ts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Sealer } from '../runtime/sealer.ts';
import type { CompiledTool } from '../tools/compiled-tool.ts';
import { asServiceError, errorResult } from '../tools/error-result.ts';
import { invalidInput } from '../tools/input-issues.ts';
import { readableText, type TextMode } from '../tools/readable-text.ts';
import type { ToolResult } from '../tools/tool-result.ts';
import { canonicalJson } from './canonical-json.ts';
import { Deadline } from './deadline.ts';
import type { IdempotencyStore } from './idempotency-store.ts';
import { InputNeeded } from './input-needed.ts';
import { LiveContext, type LiveContextOptions } from './live-context.ts';
import type { RequestScope } from './request-scope.ts';
import { RpcError } from './rpc-error.ts';
import type { SpentStates } from './spent-states.ts';

const IGNORED_ABORT_MS = 5_000;
/** Failures that are not ours, though their status is one of a server. */
const expectedCodes: ReadonlySet<string> = new Set(['LIMIT_TIMEOUT', 'CALL_CANCELLED']);
const DRY_RUN_NOTICE = 'Nothing was changed. Call again with dry_run: false.';

/** What every call of a process shares. */
export interface ToolExecutorOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly sealer: Sealer;
  readonly spent: SpentStates;
  readonly idempotency: IdempotencyStore;
  readonly textMode: TextMode;
}

type Values = Record<string, unknown>;

/**
 * Runs tools: parse, clamp, plan or act within the time limit, check the output, render. One executor serves both eras
 * and every transport, so that a tool behaves the same on all of them.
 */
export class ToolExecutor {
  readonly #options: ToolExecutorOptions;
  #openCount = 0;

  constructor(options: ToolExecutorOptions) {
    this.#options = options;
  }

  /**
   * Runs one call whose permission was checked before.
   *
   * @returns a tool result; failures that the model can see are results with `isError`.
   * @throws RpcError for a bad cursor or state; InputNeeded when the client must answer first.
   */
  async execute(tool: CompiledTool, input: unknown, scope: RequestScope): Promise<ToolResult> {
    this.#openCount += 1;
    try {
      return await this.#run(tool, input, scope);
    } catch (error) {
      if (error instanceof RpcError || error instanceof InputNeeded) throw error;
      const failure = asServiceError(error, scope.traceId);
      if (failure.status >= 500 && !expectedCodes.has(failure.code))
        scope.log.error({ tool: tool.name, err: failure }, 'tool.failed');
      return errorResult(failure);
    } finally {
      this.#openCount -= 1;
    }
  }

  /** How many calls run. */
  get openCount(): number {
    return this.#openCount;
  }

  /** Makes the context of one request, also of those that call no tool. Close it before the answer leaves. */
  newContext(options: Omit<LiveContextOptions, 'sealer' | 'spent' | 'clock'>): LiveContext {
    const { sealer, spent, clock } = this.#options;
    return new LiveContext({ ...options, sealer, spent, clock });
  }

  async #run(tool: CompiledTool, input: unknown, scope: RequestScope): Promise<ToolResult> {
    const parsed = tool.input.safeParse(input ?? {});
    if (!parsed.success) throw invalidInput(tool, parsed.error.issues);
    const { dry_run: dryRun, idempotency_key: key, ...values } = parsed.data as Values;
    const lowered = clamp(tool, values);
    const deadline = new Deadline({ clock: this.#options.clock, idleMs: tool.timeoutMs, request: scope.cancellation });
    const context = this.newContext({
      scope,
      signalSource: deadline,
      subject: tool.name,
      input: values,
      idempotencyKey: typeof key === 'string' ? key : undefined,
      onProgress: () => deadline.extend(),
    });
    try {
      const output = await this.#withinDeadline(
        tool,
        deadline,
        this.#act(tool, { values, dryRun: dryRun === true, context }),
      );
      return this.#result(tool, addNotice(output, lowered), context);
    } finally {
      deadline.close();
      context.close();
    }
  }

  async #act(tool: CompiledTool, call: { values: Values; dryRun: boolean; context: LiveContext }): Promise<Values> {
    const { values, dryRun, context } = call;
    if (tool.plan === undefined) return tool.run(values, context);
    if (dryRun) return { dry_run: true, plan: await tool.plan(values, context), notice: DRY_RUN_NOTICE };
    if (context.idempotencyKey === undefined) return { dry_run: false, ...(await tool.run(values, context)) };
    const { principal } = context;
    const { output, replayed } = await this.#options.idempotency.once({
      key: JSON.stringify([
        principal.tenant ?? '',
        principal.issuer ?? '',
        principal.sub,
        tool.name,
        context.idempotencyKey,
      ]),
      argumentsHash: hash('sha256', canonicalJson(values), 'base64url'),
      run: () => tool.run(values, context),
    });
    return { dry_run: false, ...output, ...(replayed && { replayed: true }) };
  }

  /** Answers at the deadline even when the handler ignores its signal; such a handler is named in the log (03 P-07). */
  #withinDeadline(tool: CompiledTool, deadline: Deadline, work: Promise<Values>): Promise<Values> {
    return new Promise((resolve, reject) => {
      deadline.onStop(() => {
        reject(stopError(tool, deadline));
        this.#watchIgnoredAbort(tool, work);
      });
      work.then(resolve, (error: unknown) =>
        reject(deadline.reason === undefined || ServiceError.is(error) ? error : stopError(tool, deadline)),
      );
    });
  }

  #watchIgnoredAbort(tool: CompiledTool, work: Promise<Values>): void {
    const cancel = this.#options.clock.schedule(IGNORED_ABORT_MS, () => {
      this.#options.log.warn({ tool: tool.name, afterMs: IGNORED_ABORT_MS }, 'tool.ignored_abort');
    });
    work.then(cancel, cancel);
  }

  #result(tool: CompiledTool, output: Values, context: LiveContext): ToolResult {
    const checked = tool.output.safeParse(output);
    if (!checked.success) {
      throw new Internal('TOOL_OUTPUT_INVALID', {
        message: `output of ${tool.name} breaks its own schema: ${checked.error.message}`,
        publicMessage: `The answer of ${tool.name} broke its own schema; this is a bug of the server. Its log names it under the id ${context.traceId}.`,
        details: { traceId: context.traceId },
      });
    }
    const text = { type: 'text', text: this.#text(tool, checked.data) } as const;
    return {
      content: context.attached.length === 0 ? [text] : [text, ...context.attached],
      structuredContent: checked.data,
      ...(context.labels !== undefined && { _meta: { [metaKeys.labels]: context.labels } }),
    };
  }

  #text(tool: CompiledTool, output: Values): string {
    const isDryRun = output['dry_run'] === true;
    if (tool.text === undefined || isDryRun || this.#options.textMode === 'summary')
      return readableText(output, this.#options.textMode);
    return [tool.text(output), ...standardLines(output)].join('\n');
  }
}

/** Lowers counts above the operator's cap and says so (05 T-05). */
function clamp(tool: CompiledTool, values: Values): string | undefined {
  const notices: string[] = [];
  for (const { field, cap } of tool.clamps) {
    const value = values[field];
    if (typeof value !== 'number' || value <= cap) continue;
    values[field] = cap;
    notices.push(`${field} was lowered from ${value} to ${cap}, the most that this server allows.`);
  }
  return notices.length === 0 ? undefined : notices.join(' ');
}

/** What a client that reads only the text needs to go on: the notice, and the cursor of the next page. */
function standardLines(output: Values): readonly string[] {
  return ['notice', 'next_cursor'].flatMap((key) =>
    typeof output[key] === 'string' ? [`${key}: ${output[key]}`] : [],
  );
}

function addNotice(output: Values, notice: string | undefined): Values {
  if (notice === undefined) return output;
  const own = output['notice'];
  return { ...output, notice: typeof own === 'string' ? `${own} ${notice}` : notice };
}

function stopError(tool: CompiledTool, deadline: Deadline): ServiceError {
  const changed =
    tool.effect === 'read' ? 'Nothing was changed.' : 'It may have changed something: look before you call again.';
  if (deadline.reason === 'timeout') {
    return new Timeout('LIMIT_TIMEOUT', {
      publicMessage: `${tool.name} did not finish within its time limit of ${tool.timeoutMs} ms. ${changed}`,
      fix: 'Ask for less, then call again.',
      details: { timeoutMs: tool.timeoutMs },
    });
  }
  return new Timeout('CALL_CANCELLED', { publicMessage: `${tool.name} was cancelled. ${changed}`, retryable: false });
}
