/** The outside systems that this server knows. */
export type SystemName = 'github' | 'slack';

/** Whether a system can be used: its settings are there, and it answers. */
type IntegrationState = 'configured' | 'not_configured' | 'unreachable';

/** One outside system as `list_integrations` shows it. */
export interface Integration {
  readonly system: SystemName;
  readonly state: IntegrationState;
  /** A stand-in for the real system, said so by the operator (`DEVOPS_DOUBLES`). */
  readonly double: boolean;
  /** Whether any target may be changed. */
  readonly writes: boolean;
  /** Targets that may be read or changed, each with what is allowed: `acme/shop (read, write)`. */
  readonly scope: readonly string[];
}
