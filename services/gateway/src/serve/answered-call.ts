import type { AnsweredCall } from '../forward/bridge/modern-answer.ts';
import { stringField } from '../wire/json-value.ts';
import type { RequestCall } from './call.ts';

/** What the bridge has to know of a call to answer it. */
export function answeredCall({ message }: RequestCall): AnsweredCall {
  return { id: message.id, method: message.method, uri: stringField(message.params, 'uri') };
}
