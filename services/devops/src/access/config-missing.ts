import { Unavailable } from '@fairlead/server-kit/runtime';

/** What is not set: the setting, and what cannot be done without it, as the end of "is not set, so ...". */
export interface MissingSetting {
  readonly setting: string;
  readonly effect: string;
}

/** The answer of a tool whose system, or whose list of targets, is not set (05 T-08). Trying again does not help. */
export function configMissing({ setting, effect }: MissingSetting): Unavailable {
  return new Unavailable('CONFIG_MISSING', {
    publicMessage: `${setting} is not set, so ${effect}.`,
    fix: `Ask the operator of this server to set ${setting}; services/devops/README.md says how.`,
    details: { setting },
    retryable: false,
  });
}
