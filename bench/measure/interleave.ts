/**
 * Measures several things in turn, round after round (A B C A B C), so that a change of the host's mood meets all of them
 * alike (09 V-82). Answers the samples of each, in the order of the rounds.
 */
export async function interleave<Thing extends { readonly name: string }, Measured>(
  things: readonly Thing[],
  rounds: number,
  measure: (thing: Thing) => Promise<Measured>,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const samples = new Map<string, Measured[]>(things.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const thing of things) samples.get(thing.name)?.push(await measure(thing));
  }
  return samples;
}
