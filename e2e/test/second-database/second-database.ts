import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../../cluster/lock.ts';
import { cacheDir } from '../../cluster/paths.ts';
import { run } from '../../cluster/process.ts';
import { installPackages } from '../../cluster/start/requirements.ts';

const here = import.meta.dirname;
const pom = join(here, 'pom.xml');
const source = join(here, 'SecondDatabase.java');
/** A version of the plugin: what Maven takes by itself changes with Maven. */
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';
const buildMs = 10 * 60_000;

/**
 * A server of MongoDB's protocol that shares no code with the trial database, built on first use (10 s) and cached.
 * @returns a program that is started as the trial database is, by the same variables.
 */
export async function ensureSecondDatabase(): Promise<string> {
  const stamp = createHash('sha256').update(readFileSync(pom)).update(readFileSync(source)).digest('hex').slice(0, 16);
  const target = join(cacheDir(), 'bin', `second-database-${stamp}`);
  const program = join(target, 'second-database');
  if (existsSync(program)) return program;
  await withLock(`build/second-database-${stamp}`, { timeoutMs: buildMs }, async () => {
    if (existsSync(program)) return;
    await ensureJava();
    const partial = join(cacheDir(), 'partial', 'second-database');
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const jars = join(partial, 'jars');
    const fetch = ['--quiet', '--batch-mode', '--file', pom, copyDependencies, `-DoutputDirectory=${jars}`];
    await run('mvn', fetch, { timeoutMs: buildMs });
    await run('javac', ['-cp', `${jars}/*`, '-d', join(partial, 'classes'), source], { timeoutMs: buildMs });
    writeFileSync(join(partial, 'second-database'), launcher);
    chmodSync(join(partial, 'second-database'), 0o755);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(partial, target);
  });
  return program;
}

/** Suites start many of them: small, and quick to start. */
const launcher = `#!/bin/sh
here=$(dirname "$0")
exec java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$here/jars/*:$here/classes" SecondDatabase
`;

/** By the programs that they bring: Java need not be Debian's. */
const packages = { 'default-jdk-headless': 'javac', maven: 'mvn' } as const;

async function ensureJava(): Promise<void> {
  const folders = (process.env['PATH'] ?? '').split(':');
  const missing = Object.entries(packages).filter(
    ([, program]) => !folders.some((dir) => existsSync(join(dir, program))),
  );
  if (missing.length > 0) await installPackages(missing.map(([name]) => name));
}
