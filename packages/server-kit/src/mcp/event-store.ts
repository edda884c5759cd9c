import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

const EVENTS_MAX = 256;

interface StoredEvent {
  readonly sequence: number;
  readonly streamId: string;
  readonly message: JSONRPCMessage;
}

/**
 * Keeps the last 256 events of one session, so that a client that lost its stream gets what it missed by
 * `Last-Event-ID`. Older events are gone; the client is then sent what is left.
 */
export function createEventStore(): EventStore {
  const events: StoredEvent[] = [];
  let lastSequence = 0;
  return {
    storeEvent: async (streamId, message) => {
      const sequence = (lastSequence += 1);
      events.push({ sequence, streamId, message });
      if (events.length > EVENTS_MAX) events.shift();
      return eventId(sequence, streamId);
    },
    getStreamIdForEventId: async (id) => parseEventId(id)?.streamId,
    replayEventsAfter: async (lastEventId, { send }) => {
      const last = parseEventId(lastEventId);
      if (last === undefined) throw new Error('the event id is not one of this session');
      for (const event of events) {
        const isMissed = event.streamId === last.streamId && event.sequence > last.sequence;
        if (isMissed) await send(eventId(event.sequence, event.streamId), event.message);
      }
      return last.streamId;
    },
  };
}

function eventId(sequence: number, streamId: string): string {
  return `${sequence}_${streamId}`;
}

function parseEventId(id: string): { sequence: number; streamId: string } | undefined {
  const parts = /^([1-9][0-9]*)_(.+)$/.exec(id);
  return parts?.[1] === undefined || parts[2] === undefined
    ? undefined
    : { sequence: Number(parts[1]), streamId: parts[2] };
}
