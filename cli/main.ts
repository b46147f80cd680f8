/** argv → command, signals, exit codes. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stderr.write(`${argv.length}\n`);
  return 2;
}
