import { limits } from '../limits.ts';
import { BlockError } from './block-error.ts';
import { checkRoster } from './check-roster.ts';
import { finished, readCompressed, writeCompressed } from './compressed.ts';
import type { Sha256, Zstd } from './ports.ts';
import { Reader } from './reader.ts';
import { commonDivisor } from './residual.ts';
import { readRosterSection, writeRosterSection } from './roster-section.ts';
import type { Roster, RosterGroup } from './roster.ts';
import { seriesOf } from './roster.ts';
import { Writer } from './writer.ts';

/** "DSR" */
const magic = [0x44, 0x53, 0x52];
const formatVersion = 1;

/**
 * The roster in the form of FORMAT.md. Its bytes are what its hash is of.
 *
 * @throws BlockError `malformed` or `too_large`, with the path at fault.
 */
export function encodeRoster(roster: Roster, zstd: Zstd): Uint8Array {
  checkRoster(roster);
  const payload = new Writer();
  writeRosterSection(payload, roster);
  for (const { references } of seriesOf(roster)) {
    const divisor = Math.max(commonDivisor(references, references.length), 1);
    payload.unsigned(divisor);
    for (const reference of references) payload.signed(reference / divisor);
  }
  const writer = new Writer();
  for (const byte of magic) writer.byte(byte);
  writer.byte(formatVersion);
  writeCompressed(writer, payload.view(), zstd, limits.rosterRawBytes, 'roster');
  return finished(writer, limits.rosterBytes, 'roster');
}

/** @throws BlockError with the byte offset: in the roster, or in the payload after decompression. */
export function decodeRoster(bytes: Uint8Array, zstd: Zstd): Roster {
  const outer = new Reader(bytes, 'roster');
  outer.what = 'length';
  if (bytes.length > limits.rosterBytes) {
    outer.fail(`${bytes.length} bytes are more than the limit of ${limits.rosterBytes}`, 'too_large');
  }
  outer.what = 'magic';
  for (const byte of magic) if (outer.byte() !== byte) outer.fail('this is no roster');
  outer.what = 'version';
  const version = outer.byte();
  if (version !== formatVersion) {
    outer.fail(`version ${version} is not known here, only ${formatVersion}`, 'unsupported_version');
  }
  const payload = readCompressed(outer, zstd, limits.rosterRawBytes, 'roster');
  const bare = readRosterSection(payload, { entities: 0, groups: 0, series: 0 });
  const roster = withReferences(payload, bare);
  payload.what = 'end of the payload';
  payload.end();
  return roster;
}

function withReferences(reader: Reader, bare: Roster): Roster {
  reader.what = 'references';
  const references = bare.groups.map(({ metrics }) => new Float64Array(metrics.length));
  const filled = bare.groups.map(() => 0);
  // Metrics ascend here and within each group, so that each group's come in its own order.
  for (const { groups } of seriesOf(bare)) {
    const divisor = reader.unsigned();
    if (divisor === 0) reader.fail('a divisor is 0');
    for (const group of groups) {
      const reference = reader.signed() * divisor;
      if (!Number.isSafeInteger(reference)) reader.fail('a reference is beyond 2^53 - 1');
      const at = filled[group] ?? 0;
      filled[group] = at + 1;
      const own = references[group];
      if (own !== undefined) own[at] = reference;
    }
  }
  const groups = bare.groups.map((group, i): RosterGroup => ({
    ...group,
    references: references[i] ?? new Float64Array(),
  }));
  return { entities: bare.entities, groups };
}

/** What blocks name a roster by: the first 32 hex digits of the SHA-256 of its bytes, as they are sent and kept. */
export function rosterHash(bytes: Uint8Array, sha256: Sha256): string {
  return sha256(bytes).slice(0, 32);
}

/** The error for a block that names a roster which is not at hand. */
export function unknownRoster(hash: string): BlockError {
  return new BlockError('unknown_roster', 'block (roster)', `it names roster ${hash}, which is not known here`);
}
