import type { Drill } from '../drill.ts';
import { kills } from './kills.ts';
import { frozen, full } from './outages.ts';
import { schedules } from './schedules.ts';

/** Nothing that the API acknowledged is lost, and nothing is stored twice, whoever dies when. */
export const drill: Drill = {
  title: 'Replicas and database killed, frozen, and without room, while agents push',
  expectedMinutes: 12,
  run: async (given) => {
    const rows = [];
    for (const part of [kills, frozen, full, schedules]) rows.push(...(await part(given)));
    return rows;
  },
};
