/** The samples of one thing. @throws RangeError when nothing of that name was measured. */
export function samplesOf<Measured>(
  measured: ReadonlyMap<string, readonly Measured[]>,
  name: string,
): readonly Measured[] {
  const samples = measured.get(name);
  if (samples === undefined) throw new RangeError(`nothing was measured for ${name}`);
  return samples;
}
