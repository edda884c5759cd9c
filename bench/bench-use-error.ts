/** The user asked for something that the benchmark cannot do. `fix` is a command that can be run instead. */
export class BenchUseError extends Error {
  override readonly name = 'BenchUseError';
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
