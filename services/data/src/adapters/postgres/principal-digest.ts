import { hash } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';

/**
 * Twelve hex digits that stand for a principal in the database's own listings. The same principal has the same digest
 * on every replica; the name cannot be read back from it.
 */
export function principalDigest({ tenant, issuer, sub }: Principal): string {
  return hash('sha256', JSON.stringify([tenant ?? '', issuer ?? '', sub]), 'hex').slice(0, 12);
}
