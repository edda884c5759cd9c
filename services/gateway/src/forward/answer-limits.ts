/** Answers up to this size are held and checked whole before a byte of them is sent (04 G-14). */
export const HELD_BYTES_MAX = 64 * 1024;

/** Largest JSON answer of a server (04 G-76). */
export const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/** Most bytes that may wait in a client's socket before reading from the server pauses. */
export const WAITING_BYTES_MAX = 1024 * 1024;
