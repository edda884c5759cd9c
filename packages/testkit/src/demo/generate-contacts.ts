import { demoRandom } from './demo-numbers.ts';
import type { DemoCustomer } from './generate-customers.ts';

/** How to reach one customer: the personal data that `mcp_ro` may not read. */
export interface DemoContact {
  readonly customerId: number;
  readonly email: string;
  readonly phone: string;
  readonly acceptsMail: boolean;
}

/** Makes one contact per customer. Addresses are of example.com and numbers of the range kept for fiction: they reach nobody. */
export function generateContacts(customers: readonly DemoCustomer[]): readonly DemoContact[] {
  const random = demoRandom('contacts');
  return customers.map((customer) => {
    const person = customer.duplicateOf ?? customer;
    return {
      customerId: customer.id,
      email: `${person.name.toLowerCase().replace(' ', '.')}.${person.id}@example.com`,
      phone: `+1-${200 + random.below(700)}-555-01${String(random.below(100)).padStart(2, '0')}`,
      acceptsMail: random.chance(400),
    };
  });
}
