import type { PeerSeries } from './series.ts';

const varintKind = 0;
const doubleKind = 1;
const bytesKind = 2;

/**
 * The body of a Prometheus remote write 1.0 request, one sample of each series: protobuf in snappy's block format.
 * Snappy's pieces are all literals, which costs a reader less than real compression would.
 * https://prometheus.io/docs/specs/prw/remote_write_spec/ and
 * https://github.com/google/snappy/blob/main/format_description.txt
 */
export function remoteWrite(series: readonly PeerSeries[], at: number): Uint8Array {
  return snappyLiterals(
    Buffer.concat(
      series.map(({ labels, timesMs, values }) => {
        const sample = Buffer.concat([double(1, values[at] ?? NaN), whole(2, timesMs[at] ?? 0)]);
        const pairs = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
        return framed(1, Buffer.concat([...pairs.map(labelOf), framed(2, sample)]));
      }),
    ),
  );
}

export const remoteWriteHeaders = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
};

function labelOf([name, value]: readonly [string, string]): Buffer {
  return framed(1, Buffer.concat([framed(1, Buffer.from(name)), framed(2, Buffer.from(value))]));
}

function framed(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + bytesKind), varint(content.length), content]);
}

function whole(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8 + varintKind), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(field * 8 + doubleKind, 0);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function snappyLiterals(content: Buffer): Buffer {
  const most = 65_536;
  const pieces: Buffer[] = [varint(content.length)];
  for (let from = 0; from < content.length; from += most) {
    const piece = content.subarray(from, from + most);
    // 61: a literal whose length - 1 stands in the next two bytes.
    const head = Buffer.from([61 * 4, 0, 0]);
    head.writeUInt16LE(piece.length - 1, 1);
    pieces.push(head, piece);
  }
  return Buffer.concat(pieces);
}
