import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a node shall run: what the supervisor makes true. */
export type Power = 'on' | 'off';

/** Sets a node's switch. @param nodeDir its part of the state folder */
export function setPower(nodeDir: string, power: Power): void {
  writeFileSync(join(nodeDir, 'power'), power);
}

/** A node's switch; on, unless it was set to off. */
export function readPower(nodeDir: string): Power {
  try {
    return readFileSync(join(nodeDir, 'power'), 'utf8') === 'off' ? 'off' : 'on';
  } catch {
    return 'on'; // Never set.
  }
}
