import { Unavailable, type Clock, type Logger } from '@fairlead/server-kit/runtime';
import { roleFaults } from '../../domain/sql/role-fault.ts';
import { loadRoleFacts } from './load-role-facts.ts';
import type { ReadTransactions } from './read-transactions.ts';
import { serviceCaller } from './service-caller.ts';
import { SharedValue } from './shared-value.ts';

/** What to do about a role that may do more than read: refuse its database, or only say so. */
export type RoleCheckMode = 'enforce' | 'warn';

/** A role with faults is looked at again after this time, so that mending it needs no restart. */
const faultsKeptMs = 10_000;

/** Checks the role of one database. */
export interface RoleCheck {
  /** @throws Unavailable `CONFIG_MISSING` that names what to revoke, when the mode is `enforce` (06 S-20). */
  pass(): Promise<void>;
}

/** What a role check is made from. */
export interface RoleCheckOptions {
  readonly transactions: ReadTransactions;
  readonly database: string;
  readonly mode: RoleCheckMode;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onFaults: (count: number) => void;
}

/**
 * Makes the check. It asks the catalog on the first call and keeps a good answer: the rights of a role that served so
 * far are the operator's business, and every other wall stands without it.
 */
export function createRoleCheck({ transactions, database, mode, clock, log, onFaults }: RoleCheckOptions): RoleCheck {
  const faults = new SharedValue<readonly string[]>({
    clock,
    keepMs: (found) => (found.length === 0 || mode === 'warn' ? Infinity : faultsKeptMs),
    load: async () => {
      const found = roleFaults(await transactions.run(serviceCaller(), loadRoleFacts));
      onFaults(found.length);
      if (found.length > 0) log.warn({ database, faults: found, mode }, 'role.too_powerful');
      return found;
    },
  });
  return {
    async pass() {
      const found = await faults.current();
      if (found.length === 0 || mode === 'warn') return;
      throw new Unavailable('CONFIG_MISSING', {
        message: `the role of database ${database} may do too much`,
        publicMessage: `The database "${database}" is not served: its role may do more than read. It ${found.join('; it ')}. Or set DATA_ROLE_CHECK=warn for a trial.`,
        details: { database, faults: found },
        retryable: false,
      });
    },
  };
}
