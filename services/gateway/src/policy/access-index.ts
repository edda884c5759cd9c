import type { Principal } from '@fairlead/contracts';
import type { CatalogItem } from '../catalog/item.ts';
import { createAccessSet, type AccessSet } from './access-set.ts';

/** Most different sets of globs that one snapshot remembers: as many as there are combinations of roles in use. */
const SETS_MAX = 1_000;

/** What each caller sees in one snapshot. Lives and dies with the snapshot, so nothing in it can be stale (04 G-20). */
export class AccessIndex {
  readonly #items: readonly CatalogItem[];
  readonly #ofPrincipal = new WeakMap<Principal, AccessSet>();
  readonly #sets = new Map<string, AccessSet>();

  /** `items` lie at the place that their `index` says. */
  constructor(items: readonly CatalogItem[]) {
    this.#items = items;
  }

  /** The access set of a caller: made once for equal globs, then found by the identity of the principal. */
  of(principal: Principal): AccessSet {
    const known = this.#ofPrincipal.get(principal);
    if (known !== undefined) return known;
    const set = this.#shared(principal);
    this.#ofPrincipal.set(principal, set);
    return set;
  }

  #shared({ allow, deny }: Principal): AccessSet {
    const id = JSON.stringify([allow, deny]);
    const known = this.#sets.get(id);
    if (known !== undefined) return known;
    if (this.#sets.size >= SETS_MAX) this.#sets.clear();
    const set = createAccessSet(this.#items, { allow, deny });
    this.#sets.set(id, set);
    return set;
  }
}
