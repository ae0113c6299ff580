import { describe, expect, it } from '@jest/globals';
import { helpText, parseCommand } from './command-line.ts';

describe('parseCommand', () => {
  it.each([
    [['start'], { name: 'start', nodesOnly: false }],
    [['start', '--nodes-only'], { name: 'start', nodesOnly: true }],
    [['stop'], { name: 'stop', wipe: false }],
    [['stop', '--wipe'], { name: 'stop', wipe: true }],
    [['status'], { name: 'status' }],
    [['stop', '--wipe', '--help'], { name: 'help', of: 'stop' }],
    [[], { name: 'help', of: undefined }],
    [['restart'], { name: 'help', of: undefined }],
  ])('%j', (args, command) => {
    expect(parseCommand(args)).toEqual(command);
  });

  it.each([[['start', '--wipe']], [['stop', 'now']], [['status', '--all']]])('refuses %j, naming it', (args) => {
    expect(() => parseCommand(args)).toThrow(args[1]);
  });
});

describe('helpText', () => {
  it('tells all commands when none is named', () => {
    for (const name of ['start', 'stop', 'status'] as const) expect(helpText(undefined)).toContain(helpText(name));
  });
});
