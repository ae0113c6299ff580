const exits = `Exit status: 0 all is well; 1 something is not, and it was said what; 2 wrong usage; 3 the cluster could not be asked.`;
const common = `  -n, --namespace NAME   monitors of this namespace alone (default: all)
      --context NAME     of the kubeconfig
      --kubeconfig FILE
  -h, --help`;

/** The help of every command. */
export const helps = {
  docksnap: `kubectl docksnap: what DockSnap does in this cluster, and what is wrong, with the credentials of your kubeconfig.

  status           which nodes report, how old their data is, what waits on them, and why others do not
  diagnose         goes through everything from the API server to the store and names the first thing that fails
  support-bundle   what a helper needs to see, without Secrets, as one file
  open             opens the console in your browser
  completion       completion for your shell

${exits}
kubectl docksnap COMMAND --help tells more.`,
  status: `kubectl docksnap status [-o wide|json|yaml]

  kubectl docksnap status                     all monitors and their nodes
  kubectl docksnap status -n team-a -o wide   one namespace, with agents' versions and pods
  kubectl docksnap status -o json             for scripts

  -o, --output FORMAT    table, wide, json or yaml
${common}

${exits}`,
  diagnose: `kubectl docksnap diagnose [NODE]

  kubectl docksnap diagnose         the whole way, for all nodes
  kubectl docksnap diagnose node7   the way of one node's data

${common}

${exits}`,
  'support-bundle': `kubectl docksnap support-bundle [-f FILE]

  kubectl docksnap support-bundle                       writes docksnap-support.tar.gz
  kubectl docksnap support-bundle -f today.tar.gz

Holds monitors, workloads, pods, nodes, events and the last lines of DockSnap's logs. No Secret or ConfigMap is read;
values of environment variables, annotations, passwords in URIs, tokens and keys are taken out. Look into it all the same
before you pass it on.

  -f, --file FILE
${common}

${exits}`,
  open: `kubectl docksnap open [--no-browser]

  kubectl docksnap open                forwards a port to the API and opens the console; Ctrl-C ends it
  kubectl docksnap open --no-browser   prints the address alone

      --no-browser
${common}

${exits}`,
  completion: `kubectl docksnap completion bash|zsh|fish

  source <(kubectl docksnap completion bash)   for kubectl-docksnap in this shell

kubectl itself completes its plugins by a program kubectl_complete-docksnap in the PATH: two lines,
  #!/bin/sh
  exec kubectl-docksnap __complete "$@"`,
} as const;
