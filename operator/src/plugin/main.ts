/** kubectl docksnap */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { collect } from './bundle/collect.ts';
import { tar } from './bundle/tar.ts';
import { look } from './cluster.ts';
import { parseCommand, UsageError, type Command } from './command-line.ts';
import { completions, completionScript } from './completion.ts';
import { stepsOf } from './diagnose/steps.ts';
import { helps } from './helps.ts';
import { Kubectl, KubectlError } from './kubectl.ts';
import { open } from './open.ts';
import { printed } from './status/print.ts';
import { isWell, rowsOf } from './status/rows.ts';

const exit = { well: 0, notWell: 1, usage: 2, unasked: 3 } as const;
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function perform(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      print(helps[command.of]);
      return exit.well;
    case 'completion':
      print(completionScript(command.shell));
      return exit.well;
    case 'status': {
      const seen = await look(new Kubectl(command.where), command.where);
      const rows = rowsOf(seen);
      print(printed(rows, command.format));
      for (const why of seen.unasked) process.stderr.write(`Ages are not known: ${why}\n`);
      return isWell(rows) ? exit.well : exit.notWell;
    }
    case 'diagnose':
      return diagnose(command);
    case 'support-bundle': {
      const files = await collect(new Kubectl(command.where), command.where);
      writeFileSync(command.file, gzipSync(tar(files, Math.floor(Date.now() / 1000))), { mode: 0o600 });
      print(`${command.file} holds ${files.size} files, without Secrets; look into it before you pass it on`);
      return exit.well;
    }
    case 'open':
      await open(new Kubectl(command.where), command.where.namespace, command.browser);
      return exit.well;
  }
}

/** Prints each station until the first that fails, which ends it. */
async function diagnose({ where, node }: Extract<Command, { name: 'diagnose' }>): Promise<number> {
  const kubectl = new Kubectl(where);
  await kubectl.run('version', '--output', 'json');
  print('ok    the API server answers');
  for (const { name, faults } of stepsOf(await look(kubectl, where), node)) {
    if (faults.length === 0) print(`ok    ${name}`);
    else {
      print([`FAIL  ${name}`, ...faults.map((fault) => `      ${fault}`)].join('\n'));
      return exit.notWell;
    }
  }
  return exit.well;
}

async function answer(args: readonly string[]): Promise<number> {
  if (args[0] === '__complete') {
    print(completions(args.slice(1)).join('\n'));
    return exit.well;
  }
  return perform(parseCommand(args));
}

answer(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    if (!isUsage && !(error instanceof KubectlError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = isUsage ? exit.usage : exit.unasked;
  },
);
