import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

interface LoggedEvent {
  readonly streamId: string;
  readonly message: JSONRPCMessage;
}

/** Remembers the events of one session in order, so that a client can come back for what it missed. Lives as long as the session. */
export function createEventLog(): EventStore {
  const events: LoggedEvent[] = [];
  const at = (eventId: string): LoggedEvent | undefined => events[Number(eventId)];
  return {
    storeEvent: async (streamId, message) => String(events.push({ streamId, message }) - 1),
    getStreamIdForEventId: async (eventId) => at(eventId)?.streamId,
    async replayEventsAfter(lastEventId, { send }) {
      const streamId = at(lastEventId)?.streamId ?? '';
      for (const [index, event] of events.entries()) {
        // The event that opens a stream has no message, and tells a client that comes back nothing.
        const isMissed = index > Number(lastEventId) && event.streamId === streamId && 'jsonrpc' in event.message;
        if (isMissed) await send(String(index), event.message);
      }
      return streamId;
    },
  };
}
