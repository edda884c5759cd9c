/** `Host` and `Origin` of a request, every value of them: Node keeps only the first of a doubled `Host`. */
export function guardedHeaders(rawHeaders: readonly string[]): {
  readonly host: readonly string[];
  readonly origin?: readonly string[];
} {
  const host: string[] = [];
  let origin: string[] | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') host.push(value);
    else if (name.length === 6 && name.toLowerCase() === 'origin') (origin ??= []).push(value);
  }
  return origin === undefined ? { host } : { host, origin };
}
