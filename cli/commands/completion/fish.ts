/** The grammar → a script for fish. */
import type { Flag, Grammar, Value, VerbGrammar } from './grammar.ts';

export function fishScript({ verbs, defaultVerb }: Grammar): string {
  const names = verbs.map(({ name }) => name).join(' ');
  return `# og-sync completion for fish: og-sync completion fish > ~/.config/fish/completions/og-sync.fish

function __og_sync_first
    test (count (commandline -opc)) -eq 1
end

function __og_sync_is
    set -l words (commandline -opc)
    set -l verb ${defaultVerb}
    if contains -- "$words[2]" ${names}
        set verb $words[2]
    end
    test $verb = $argv[1]
end

complete -c og-sync -f
complete -c og-sync -n __og_sync_first -s V -l version -d 'print the version'
${verbs.flatMap(verbLines).join('\n')}
`;
}

function verbLines({ name, description, flags, operand }: VerbGrammar): string[] {
  const is = `-n '__og_sync_is ${name}'`;
  const lines = [`complete -c og-sync -n __og_sync_first -a ${name} -d ${quoted(description)}`];
  lines.push(...flags.map((flag) => `complete -c og-sync ${is} ${flagSpec(flag)}`));
  if (operand !== null && operand !== 'text')
    lines.push(
      operand === 'file'
        ? `complete -c og-sync ${is} -F`
        : `complete -c og-sync -n '__og_sync_is ${name}; and not __og_sync_first' -a ${words(operand)}`,
    );
  return lines;
}

function flagSpec({ short, long, description, value }: Flag): string {
  const spelled = `${short === null ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  return `${spelled}${takes(value)} -d ${quoted(description)}`;
}

function takes(value: Value | null): string {
  if (value === null) return '';
  if (value === 'text') return ' -x';
  return value === 'file' ? ' -r -F' : ` -x -a ${words(value)}`;
}

function words(value: 'folder' | readonly string[]): string {
  return quoted(value === 'folder' ? '(__fish_complete_directories)' : value.join(' '));
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
