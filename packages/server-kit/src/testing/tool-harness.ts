import { randomBytes } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import { pino } from 'pino';
import { cancellationOf } from '../call/cancellation.ts';
import { IdempotencyStore } from '../call/idempotency-store.ts';
import { SpentStates } from '../call/spent-states.ts';
import { ToolExecutor } from '../call/tool-executor.ts';
import type { Tool } from '../define/tool.ts';
import { localPrincipal } from '../identity/local-principal.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { createSealer } from '../runtime/sealer.ts';
import { compileTool } from '../tools/compiled-tool.ts';
import type { TextMode } from '../tools/readable-text.ts';
import type { ToolResult } from '../tools/tool-result.ts';
import type { WireTool } from '../tools/wire-tool.ts';

/** What a harness is built from. */
export interface ToolHarnessOptions<Deps> {
  readonly tools: readonly Tool<Deps>[];
  readonly deps: Deps;
  /** Default: the owner of the process, who may do everything. */
  readonly principal?: Principal;
  readonly clock?: Clock;
  readonly serviceName?: string;
  readonly textMode?: TextMode;
}

/** One call's own settings. */
export interface HarnessCallOptions {
  readonly principal?: Principal;
  readonly signal?: AbortSignal;
  /** Gets every notification that the tool sends. */
  readonly onNotification?: (method: string, params: Readonly<Record<string, unknown>>) => void;
}

/** Calls tools through the kit's real pipeline, without a network. */
export interface ToolHarness {
  call(name: string, input?: unknown, options?: HarnessCallOptions): Promise<ToolResult>;
  /** The definition as `tools/list` sends it. */
  definition(name: string): WireTool;
}

/** Makes a harness for tests of tools. Everything but the transport is the real thing. */
export function createToolHarness<Deps>(options: ToolHarnessOptions<Deps>): ToolHarness {
  const clock = options.clock ?? systemClock;
  const log = pino({ level: 'silent' });
  const compiled = new Map(options.tools.map((tool) => [tool.name, compileTool(tool, options.deps)]));
  const executor = new ToolExecutor({
    clock,
    log,
    spent: new SpentStates(clock),
    sealer: createSealer({ masterKey: randomBytes(32), purpose: 'cursor', clock }),
    idempotency: new IdempotencyStore({ clock, serviceName: options.serviceName ?? 'test' }),
    textMode: options.textMode ?? 'full',
  });
  const toolNamed = (name: string) => {
    const tool = compiled.get(name);
    if (tool === undefined)
      throw new Error(`the harness has no tool ${name}; it has ${[...compiled.keys()].join(', ')}`);
    return tool;
  };
  return {
    definition: (name) => toolNamed(name).wire,
    call: (name, input, call = {}) =>
      executor.execute(toolNamed(name), input, {
        principal: call.principal ?? options.principal ?? localPrincipal(),
        traceId: '0123456789abcdef0123456789abcdef',
        log,
        cancellation: cancellationOf(call.signal ?? new AbortController().signal),
        progressToken: call.onNotification === undefined ? undefined : 'harness',
        notify: (method, params) => call.onNotification?.(method, params),
      }),
  };
}
