/** The grammar → a script for bash, 3.2 (macOS) and newer, without the package bash-completion. */
import type { Flag, Grammar, Value, VerbGrammar } from './grammar.ts';

export function bashScript({ verbs, defaultVerb }: Grammar): string {
  const names = verbs.map(({ name }) => name);
  return `# og-sync completion for bash: source <(og-sync completion bash)

_og_sync_reply() { # kind, words
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    case $1 in
      file) compgen -f -- "$cur" ;;
      folder) compgen -d -- "$cur" ;;
      words) compgen -W "$2" -- "$cur" ;;
    esac
  )
  case $1 in file | folder) compopt -o filenames 2>/dev/null ;; esac
  return 0
}

_og_sync() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} verb=${defaultVerb}
  COMPREPLY=()
  # bash takes "=" for a word of its own.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then
    _og_sync_reply words ${quoted(names.join(' '))}
    return
  fi
  case \${COMP_WORDS[1]} in
    ${names.join(' | ')}) verb=\${COMP_WORDS[1]} ;;
  esac
  case "$verb $prev" in
${verbs.flatMap(valueCases).join('\n')}
  esac
  case $verb in
${verbs.map((verb) => verbCase(verb, defaultVerb)).join('\n')}
  esac
}
complete -F _og_sync og-sync
`;
}

function valueCases({ name, flags }: VerbGrammar): string[] {
  return flags.flatMap((flag) => {
    if (flag.value === null) return [];
    const patterns = spellings(flag).map((spelling) => quoted(`${name} ${spelling}`));
    return [`    ${patterns.join(' | ')}) ${reply(flag.value)}; return ;;`];
  });
}

function verbCase({ name, flags, operand }: VerbGrammar, defaultVerb: string): string {
  const all = flags.flatMap(spellings);
  if (name === defaultVerb) all.push('-V', '--version');
  const beside = operand === null ? '' : `\n      else ${reply(operand)}`;
  return `    ${name})
      if [[ $cur == -* ]]; then _og_sync_reply words ${quoted(all.join(' '))}${beside}
      fi
      ;;`;
}

function spellings({ short, long }: Flag): string[] {
  return short === null ? [long] : [short, long];
}

function reply(value: Value): string {
  if (value === 'text') return ':';
  return typeof value === 'string'
    ? `_og_sync_reply ${value}`
    : `_og_sync_reply words ${quoted(value.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
