import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Vault, type VaultEntries } from './vault.ts';

/** A folder per name and a file per entry, readable by their owner alone: where there is no Kubernetes. */
export class FolderVault extends Vault {
  constructor(private readonly folder: string) {
    super();
  }

  override async keep(name: string, complete: (present: VaultEntries) => Promise<VaultEntries>): Promise<VaultEntries> {
    const folder = join(this.folder, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const present: Record<string, string> = {};
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.new')) present[file] = await readFile(join(folder, file), 'utf8');
    }
    const added = await complete(present);
    for (const [file, text] of Object.entries(added)) {
      await writeFile(join(folder, `${file}.new`), text, { mode: 0o600 });
      await rename(join(folder, `${file}.new`), join(folder, file));
    }
    return { ...present, ...added };
  }
}
