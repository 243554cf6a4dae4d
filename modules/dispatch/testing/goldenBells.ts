import type { State } from '../decide/state.ts'

const incident = 'b40d95a5-0ad0-46da-b16d-62c675d77fea'
const drill = 'd7b86861-15a4-4f8c-8dd8-346b34cd04e7'
const at = (time: string) => `2026-11-24T${time}.000Z`
const stamp = (by: string) => ({ time: at('16:00:00'), source: 'system', at: at('16:00:00'), by }) as const
const unseen = { sent: stamp('callTaker 1'), delivered: null, seen: null, signed: null, ended: null }
const clock = { unit: 'A1', source: 'setting', started: at('16:00:00'), since: at('16:00:00'), ran: 0 }
const quiet = { delivered: [], signed: null }

/** What the golden events of bells beyond the ladder fold to: an assignment that was late and rang, and a drill that has rung one bell of two. */
export const goldenBells: Readonly<Record<string, State>> = {
  'bell:station': {
    kind: 'bell',
    bell: {
      path: ['B1', 'S1', 'A1'],
      unit: 'A1',
      rungs: ['assign', 'drill', 'lateArrival', 'lateAssignment', 'lateDeparture', 'lateFeedback'],
      target: 'http://127.0.0.1:42107/station',
      channel: 'webhook',
    },
    retired: false,
  },
  [incident]: {
    kind: 'incident',
    row: {
      id: incident,
      number: '26-1125-00001',
      n: 5,
      phase: 'open',
      kind: 'noise',
      priority: 3,
      narrative: '持刀',
      place: { kind: 'unknown' },
      bureau: 'B1',
      subBureau: 'S1',
      station: 'A1',
      received: stamp('callTaker 1'),
      opened: at('16:00:00'),
      imported: false,
      lines: [
        { line: 1, unit: 'A1', level: 'station', ...unseen, signed: stamp('stationDuty 2') },
        { line: 2, unit: 'S1', level: 'subBureau', ...unseen },
      ],
      handlers: [],
      milestones: {},
      urged: 0,
      findings: 0,
      calls: 1,
      taker: 'e94ac610-d4b3-421a-a179-b6214db0e788',
      climb: undefined,
      waits: [
        {
          rule: 'assignment',
          clock: { id: 'assignment', rule: 'assignment', ...clock, points: [{ name: 'finding', after: 2_100_000 }] },
          last: { point: 'late', at: at('16:05:00'), rings: true },
        },
      ],
    } as Extract<State, { kind: 'incident' }>['row'],
  },
  [`drill:${drill}`]: {
    kind: 'drill',
    row: {
      id: drill,
      unit: 'B1',
      path: ['B1'],
      bureau: 'B1',
      phase: 'running',
      limitSeconds: 60,
      reason: '抽查',
      planned: { at: at('19:16:05'), by: 'citySupervisor 3' },
      start: at('19:16:05'),
      started: { at: at('19:16:05'), late: false },
      until: at('19:17:05'),
      cancelled: null,
      missed: null,
    },
    clock: {
      ...clock,
      id: 'drillLimit',
      rule: 'drillLimit',
      unit: 'B1',
      started: at('19:16:05'),
      since: at('19:16:05'),
      points: [{ name: 'drillLimit', after: 60_000 }],
    },
    units: [
      {
        unit: 'S1',
        level: 'subBureau',
        subBureau: 'S1',
        delivered: [{ at: at('19:16:06'), by: 'sub', channel: 'webhook' }],
        signed: null,
        bells: ['webhook'],
      },
      { unit: 'A1', level: 'station', subBureau: 'S1', ...quiet, bells: ['webhook'] },
      { unit: 'A2', level: 'station', subBureau: 'S1', ...quiet },
    ],
    effects: [
      { id: 'station-2', n: 2, target: 'station/drill', behind: 'station', data: { bell: 'station', unit: 'A1', channel: 'webhook' } },
    ],
  },
}

/** The statements that they make, as the golden test names them. */
export const goldenBellStatements: readonly string[] = [
  'insert into dispatch.bell station',
  ...['incident', 'word', 'line', 'measured', 'belled'].map((table) => `insert into dispatch.${table} ${incident}`),
  `insert into dispatch.drill ${drill}`,
  `insert into dispatch.drill_unit ${drill}`,
]
