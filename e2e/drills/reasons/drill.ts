import { until } from '../../system/support/until.ts';
import type { Drill, Row } from '../drill.ts';
import { OwnCluster } from './own-cluster.ts';
import { provocations, type Provocation } from './provocations.ts';
import { type SeenMonitor, Stage } from './stage.ts';

/** A node is called failing 75 s after its last word; pods must be replaced before that. */
const saidWithinMs = 5 * 60_000;

/** Each cause that a monitor's status knows is made on real nodes, read off the status, and taken back. */
export const drill: Drill = {
  title: 'What a monitor says when something is wrong: each cause on real nodes',
  expectedMinutes: 30,
  async run({ progress }) {
    const own = new OwnCluster('reasons');
    progress('starting a cluster');
    try {
      const stage = new Stage(await own.start());
      const rows: Row[] = [];
      for (const provocation of provocations) {
        await stage.untilWell();
        progress(provocation.reason);
        const row = await provoked(stage, provocation);
        progress(`${row.step}: ${row.found}`);
        rows.push(row);
      }
      await stage.untilWell();
      return [...rows, { step: 'when all is taken back', expected: 'every node reports', found: 'every node reports' }];
    } finally {
      await own.stop();
    }
  },
};

async function provoked(stage: Stage, { where, reason, nextStep, provoke }: Provocation): Promise<Row> {
  const undo = await provoke(stage);
  try {
    const said = await until(`${where} saying ${reason}`, saidWithinMs, async () => {
      const found = wordsIn(await stage.monitor(), where);
      return found?.reason === reason && found;
    });
    const next = nextStep.test(said.message) ? 'the next step' : said.message;
    return { step: `${where} says ${reason}`, expected: 'the next step', found: next };
  } catch (error) {
    const found = wordsIn(await stage.monitor(), where)?.reason ?? 'nothing';
    return { step: `${where} says ${reason}`, expected: 'the next step', found: `${found}: ${String(error)}` };
  } finally {
    await undo();
  }
}

function wordsIn({ status }: SeenMonitor, where: Provocation['where']) {
  return where === 'node1'
    ? status.unhealthyNodes.find(({ name }) => name === where)
    : status.conditions.find(({ type, status: is }) => type === where && is === 'False');
}
