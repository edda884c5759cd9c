/** What a bag can hold: it carries its own place there. */
export interface Bagged {
  /** Place in the bag; -1 outside. Belongs to the bag. */
  bagIndex: number;
}

/**
 * Things that come and go with every call, in no order. A `Set` would do, were it not for what V8 leaves behind: each table that a
 * Set outgrows points to the next one. As soon as one such table lies in the old generation, the next is kept alive by it, and
 * with it all calls that it held: 6 KB a call went to the old generation by that way, nearly all that a call makes.
 */
export class Bag<Item extends Bagged> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    item.bagIndex = this.#items.push(item) - 1;
  }

  /** Takes an item out; one that is not in it changes nothing. The last item gets its place. */
  remove(item: Item): void {
    const index = item.bagIndex;
    if (this.#items[index] !== item) return;
    item.bagIndex = -1;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#items[index] = last;
    last.bagIndex = index;
  }

  /** Calls `action` for each item. The action may take out the item that it is called for. */
  forEach(action: (item: Item) => void): void {
    for (let index = this.#items.length - 1; index >= 0; index -= 1) {
      const item = this.#items[index];
      if (item !== undefined) action(item);
    }
  }
}
