/**
 * How GitHub's runner reads the output of a step, both streams alike: `::name key=value,…::data` at the start of a line,
 * else `##[name key=value;…]data` anywhere in it. As
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs and ActionCommandManager.cs have it.
 */
export interface RunnerCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const REGISTERED = new Set(
  (
    'error warning notice debug group endgroup echo add-mask add-path add-matcher remove-matcher set-env set-output ' +
    'save-state stop-commands internal-set-repo-path'
  ).split(' '),
);

const unescaped = (text: string, signs: Record<string, string>): string => {
  let plain = text;
  for (const [written, sign] of Object.entries(signs)) plain = plain.replaceAll(written, sign);
  return plain;
};
const DATA = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const PROPERTY = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const OLD = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

/** The commands of what a step wrote. */
export function commandsOf(output: string): RunnerCommand[] {
  // .NET ends a line at \r, \n or both.
  return output.split(/\r\n|\r|\n/).flatMap((line) => newForm(line.trimStart()) ?? oldForm(line) ?? []);
}

function newForm(line: string): RunnerCommand | null {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end < 0) return null;
  const info = line.slice(2, end);
  const space = info.indexOf(' ');
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!REGISTERED.has(name)) return null;
  const pairs =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(',');
  return { name, properties: propertiesOf(pairs, PROPERTY), data: unescaped(line.slice(end + 2), DATA) };
}

function oldForm(line: string): RunnerCommand | null {
  const at = line.indexOf('##[');
  const end = at < 0 ? -1 : line.indexOf(']', at);
  if (end < 0) return null;
  const info = line.slice(at + 3, end);
  const space = info.indexOf(' ');
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!REGISTERED.has(name)) return null;
  const pairs = space < 0 ? [] : info.slice(space + 1).split(';');
  return { name, properties: propertiesOf(pairs, OLD), data: unescaped(line.slice(end + 1), OLD) };
}

function propertiesOf(pairs: readonly string[], signs: Record<string, string>): Record<string, string> {
  const split = pairs.map(
    (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const,
  );
  return Object.fromEntries(
    split.filter(([key]) => key !== '').map(([key, value]) => [key, unescaped(value, signs)]),
  );
}
