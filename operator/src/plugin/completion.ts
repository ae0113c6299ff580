import { commandNames, formats, shells, type Shell } from './command-line.ts';

const flags = ['--namespace', '--context', '--kubeconfig', '--help'];
const own: Readonly<Record<string, readonly string[]>> = {
  status: ['--output'],
  'support-bundle': ['--file'],
  open: ['--no-browser'],
};

/** What may come next. @param words those after the program's name; the last is being written */
export function completions(words: readonly string[]): string[] {
  const [command = '', ...rest] = words;
  if (words.length <= 1) return matching([...commandNames, 'help'], command);
  const last = rest.at(-1) ?? '';
  const before = rest.at(-2);
  if (before === '-o' || before === '--output') return matching(formats, last);
  if (command === 'completion') return matching(shells, last);
  return last.startsWith('-') ? matching([...(own[command] ?? []), ...flags], last) : [];
}

function matching(words: readonly string[], start: string): string[] {
  return words.filter((word) => word.startsWith(start));
}

/** What a shell sources: it asks the program itself. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return `_kubectl_docksnap() { mapfile -t COMPREPLY < <(kubectl-docksnap __complete "\${COMP_WORDS[@]:1:COMP_CWORD}"); }
complete -F _kubectl_docksnap kubectl-docksnap`;
    case 'zsh':
      return `_kubectl_docksnap() { compadd -- \${(f)"$(kubectl-docksnap __complete "\${words[@]:1:$((CURRENT-1))}")"} }
compdef _kubectl_docksnap kubectl-docksnap`;
    case 'fish':
      return `complete -c kubectl-docksnap -f -a '(kubectl-docksnap __complete (commandline -opc)[2..] (commandline -ct))'`;
  }
}
