/** What the exit code of every command means (01 §3). */
export const exitCode = {
  ok: 0,
  usage: 1,
  notAuthenticated: 3,
  unreachable: 4,
  toolError: 5,
  denied: 6,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
