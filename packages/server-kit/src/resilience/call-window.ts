/** How many calls of the last ten seconds there were, and how many of them failed. */
export interface WindowSum {
  readonly calls: number;
  readonly failures: number;
}

interface Slot {
  calls: number;
  failures: number;
}

const slotMs = 1_000;
const slotCount = 10;

/** Counts the calls of the last ten seconds in ten slots of one second: fixed memory, whatever the load. */
export class CallWindow {
  readonly #slots: readonly Slot[] = Array.from({ length: slotCount }, () => ({ calls: 0, failures: 0 }));
  #newest: number;

  /** Times are monotonic milliseconds. */
  constructor(nowMs: number) {
    this.#newest = Math.floor(nowMs / slotMs);
  }

  add(nowMs: number, failed: boolean): void {
    const slot = this.#slotAt(nowMs);
    slot.calls += 1;
    if (failed) slot.failures += 1;
  }

  sum(nowMs: number): WindowSum {
    this.#slotAt(nowMs);
    return this.#slots.reduce(addSlots, { calls: 0, failures: 0 });
  }

  clear(): void {
    for (const slot of this.#slots) empty(slot);
  }

  /** The slot of a time; slots that the time has passed over since the last call are emptied. */
  #slotAt(nowMs: number): Slot {
    const index = Math.max(this.#newest, Math.floor(nowMs / slotMs));
    const oldestToKeep = index - slotCount + 1;
    for (let passed = Math.max(this.#newest + 1, oldestToKeep); passed <= index; passed += 1) empty(this.#slot(passed));
    this.#newest = index;
    return this.#slot(index);
  }

  #slot(index: number): Slot {
    const slot = this.#slots[index % slotCount];
    if (slot === undefined) throw new RangeError(`no slot for second ${index}`);
    return slot;
  }
}

function addSlots(sum: WindowSum, slot: Slot): WindowSum {
  return { calls: sum.calls + slot.calls, failures: sum.failures + slot.failures };
}

function empty(slot: Slot): void {
  slot.calls = 0;
  slot.failures = 0;
}
