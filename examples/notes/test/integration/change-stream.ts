import { parseServerSentEvents } from '@fairlead/testkit/clients';
import { z } from 'zod';

const message = z.looseObject({ method: z.string(), params: z.looseObject({ uri: z.string().optional() }).optional() });

/** Reads a stream of notifications until `count` of them have come, and answers `method uri` of each. */
export async function readNotices(response: Response, count: number): Promise<readonly string[]> {
  let received = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    received += decoder.decode(chunk, { stream: true });
    const notices = noticesIn(received);
    if (notices.length >= count) return notices;
  }
  return noticesIn(received);
}

function noticesIn(received: string): readonly string[] {
  const whole = received.slice(0, received.lastIndexOf('\n\n') + 2);
  return parseServerSentEvents(whole).flatMap(({ data }) => {
    const parsed = data === '' ? undefined : message.safeParse(JSON.parse(data));
    return parsed?.success === true ? [`${parsed.data.method} ${parsed.data.params?.uri ?? ''}`.trim()] : [];
  });
}
