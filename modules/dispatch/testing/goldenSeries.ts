import type { State } from '../decide/state.ts'

const [id, run] = ['5b3e3c74-9e30-4c75-9c80-2b8b7d3f4e61', '5b3e3c74-9e30-8c75-ac80-2b8b7d3f4e62']
const held = { unit: '110105', path: ['110000', '110105'], bureau: '110000', limitSeconds: 60, reason: '周三周五抽查' }
const by = 'citySupervisor 1'

/** What the golden events of a series fold to: one whose only moment came while no server ran, and which was ended then. */
export const goldenSeries: Readonly<Record<string, State>> = {
  [`drill-series:${id}`]: {
    kind: 'series',
    row: {
      id,
      ...held,
      weekdays: ['wed', 'fri'],
      time: '09:00',
      from: '2026-11-25',
      until: '2026-12-31',
      planned: { at: '2026-11-24T17:02:00.000Z', by },
      next: null,
      ran: 1,
      missed: 1,
      ended: { at: '2026-11-25T04:00:00.000Z', by, reason: '改为每月一次' },
    },
    clock: null,
  },
  [`drill:${run}`]: {
    kind: 'drill',
    row: {
      id: run,
      ...held,
      phase: 'missed',
      planned: { at: '2026-11-25T03:00:00.000Z', by },
      start: '2026-11-25T01:00:00.000Z',
      started: null,
      until: null,
      cancelled: null,
      missed: 'down',
      series: id,
    },
    units: [],
    clock: null,
  },
}

/** Its statements as the golden test names them. */
export const goldenSeriesStatements = [`insert into dispatch.drill_series ${id}`, `insert into dispatch.drill ${run}`]
