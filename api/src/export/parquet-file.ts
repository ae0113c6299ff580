import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { parquetColumns } from './parquet-columns.ts';
import type { SampleRow } from './sample-row.ts';

/** Rows of one row group: what is held in memory, and encoded at a stretch. */
const groupRows = 8192;

/** A row, and the name of the node that it is of. */
export type NodeRow = readonly [row: SampleRow, node: string];

/** A Parquet file of rows, in pieces of one row group. It is whole when it ends with PAR1, which comes last. */
export async function* parquetFile(rows: AsyncIterable<NodeRow>): AsyncGenerator<Uint8Array> {
  const out = new Pieces();
  const schema = schemaFromColumnData({ columnData: columnData([]) });
  const file = new ParquetWriter({ writer: out, schema, createdBy: 'docksnap' });
  let group: NodeRow[] = [];
  for await (const row of rows) {
    if (group.push(row) < groupRows) continue;
    await file.write({ columnData: columnData(group), rowGroupSize: groupRows });
    yield out.take();
    group = [];
  }
  if (group.length > 0) await file.write({ columnData: columnData(group), rowGroupSize: groupRows });
  await file.finish();
  yield out.take();
}

function columnData(rows: readonly NodeRow[]) {
  return parquetColumns.map(({ name, type, of }) => ({
    name,
    type,
    nullable: true,
    data: rows.map(([row, node]) => of(row, node)),
  }));
}

/** What the library has written since it was asked last; `offset` goes on counting from the file's beginning. */
class Pieces extends ByteWriter {
  take(): Uint8Array {
    const piece = this.getBytes().slice();
    this.index = 0;
    return piece;
  }
}
