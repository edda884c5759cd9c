import { isJsonObject } from '../wire/json-value.ts';
import { SseParser } from '../wire/sse-parser.ts';
import type { Exchange } from './exchange.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/** What a stream of notices reports. */
export interface NoticeListener {
  /** A notification came. */
  onNotice(method: string): void;
  /** The stream ended or never was one. Called once. */
  onEnd(): void;
}

/** Opens a stream of notifications for the gateway itself. The exchange that comes back ends it. */
export function openListenStream(upstream: Upstream, request: UpstreamRequest, listener: NoticeListener): Exchange {
  const parser = new SseParser({ onEvent: ({ data }) => reportNotice(data, listener), onComment() {} });
  let isStream = false;
  const exchange: Exchange = upstream.send(request, {
    onHead({ status, headers }) {
      isStream = status === 200 && headers['content-type']?.startsWith('text/event-stream') === true;
      if (!isStream) exchange.abort('aborted');
    },
    onChunk(chunk) {
      if (isStream) parser.push(chunk);
    },
    onEnd: () => listener.onEnd(),
    onFailure: () => listener.onEnd(),
  });
  return exchange;
}

function reportNotice(data: string | undefined, listener: NoticeListener): void {
  const message: unknown = JSON.parse(data ?? 'null');
  if (isJsonObject(message) && typeof message['method'] === 'string') listener.onNotice(message['method']);
}
