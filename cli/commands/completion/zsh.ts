/** The grammar → a script for zsh, to be sourced or put into a folder of fpath as `_og-sync`. */
import type { Flag, Grammar, Value, VerbGrammar } from './grammar.ts';

export function zshScript({ verbs, defaultVerb }: Grammar): string {
  const named = verbs.map(({ name, description }) =>
    quoted(`${name}:${description.replaceAll(':', String.raw`\:`)}`),
  );
  return `#compdef og-sync
# og-sync completion for zsh: source <(og-sync completion zsh), after compinit

_og-sync() {
  local verb=${defaultVerb}
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    local -a verbs=(
      ${named.join('\n      ')}
    )
    _describe -t commands command verbs
    return
  fi
  case $words[2] in
    (${verbs.map(({ name }) => name).join('|')})
      verb=$words[2]
      shift words
      ((CURRENT--))
      ;;
  esac
  case $verb in
${verbs.map((verb) => verbCase(verb, defaultVerb)).join('\n')}
  esac
}

if [[ $funcstack[1] == _og-sync ]]; then _og-sync "$@"; else compdef _og-sync og-sync; fi
`;
}

function verbCase({ name, flags, operand }: VerbGrammar, defaultVerb: string): string {
  const specs = flags.map(flagSpec);
  if (name === defaultVerb) specs.push(`'(-V --version)'{-V,--version}'[print the version]'`);
  if (operand !== null) specs.push(quoted(`1: :${action(operand)}`));
  return `    (${name})
      _arguments -s \\
        ${specs.join(' \\\n        ')}
      ;;`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html, _arguments */
function flagSpec({ short, long, description, value, placeholder, repeatable }: Flag): string {
  const takes = value === null ? '' : `:${placeholder}:${action(value)}`;
  const rest = quoted(`[${description.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]${takes}`);
  const spelled = value === null ? long : `${long}=`;
  if (short !== null) return `'(${short} ${long})'{${short},${spelled}}${rest}`;
  return repeatable ? `'*'${spelled}${rest}` : `${spelled}${rest}`;
}

function action(value: Value): string {
  if (value === 'text') return ' ';
  if (value === 'file') return '_files';
  return value === 'folder' ? '_files -/' : `(${value.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
