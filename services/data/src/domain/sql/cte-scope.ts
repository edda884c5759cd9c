/** The names that WITH clauses have given to queries, as seen from one place of a statement. */
export class CteScope {
  static readonly empty = new CteScope(new Set(), undefined);

  readonly #names: ReadonlySet<string>;
  readonly #outer: CteScope | undefined;

  private constructor(names: ReadonlySet<string>, outer: CteScope | undefined) {
    this.#names = names;
    this.#outer = outer;
  }

  /** The scope inside a WITH clause that adds `names`. */
  with(names: readonly string[]): CteScope {
    return names.length === 0 ? this : new CteScope(new Set(names), this);
  }

  has(name: string): boolean {
    return this.#names.has(name) || (this.#outer?.has(name) ?? false);
  }
}
