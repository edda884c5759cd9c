/** What the fixture's definitions use: nothing outside. */
export interface FixtureDeps {
  readonly name: 'fixture';
}
