/** Where the messages that belong to one request go. Texts are whole JSON-RPC messages. */
export interface AnswerSink {
  /** A notification, or a request of the server that came while the call was open. */
  notify(text: string): void;
  /** The answer; nothing comes after it. */
  finish(text: string): void;
  /** There will be no answer: the call was cancelled. */
  abandon(): void;
}
