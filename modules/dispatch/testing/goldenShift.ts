import type { ShiftRow } from '../contract/shift.ts'

const at = (time: string) => `2026-11-24T23:${time}.000Z`
const [one, next] = ['shift:7815a436-0882-43c6-ac31-083cdd05adad', 'shift:f3207121-ec97-4a1a-8bb0-c0458883bfd2']
const [first, second] = [
  { account: '29c301d3-c1d9-4b07-bbc0-0dd1220c665f', name: 'stationDuty 1' },
  { account: '0efdd586-7cca-4138-9399-eb265e55e304', name: 'stationDuty 2' },
]
const common = { unit: '110105001', path: ['110000', '110105', '110105001'], offer: null, silent: null }

/** What the golden events of a shift fold to: one that was silent for a while and handed over, and the next, which ended without anybody. */
export const goldenShifts: Readonly<Record<string, { readonly kind: 'shift'; readonly row: ShiftRow }>> = {
  [one]: {
    kind: 'shift',
    row: {
      ...common,
      id: one,
      n: 7,
      since: at('50:00'),
      after: null,
      people: [{ ...first, since: at('50:00') }],
      silences: 1,
      ended: { at: at('51:32'), by: second.name, reason: null, next },
    },
  },
  [next]: {
    kind: 'shift',
    row: {
      ...common,
      id: next,
      n: 2,
      since: at('51:32'),
      after: one,
      people: [{ ...second, since: at('51:32') }],
      silences: 0,
      ended: { at: at('51:42'), by: second.name, reason: '停电，迁至备用席位', next: null },
    },
  },
}

const [oneId, nextId] = [one, next].map((stream) => stream.slice('shift:'.length))
/** Its statements as the golden test names them. */
export const goldenShiftStatements = [
  `insert into dispatch.shift ${oneId}`,
  `insert into dispatch.shift ${nextId}`,
  `insert into dispatch.on_shift ${oneId}`,
  `insert into dispatch.on_shift ${oneId}`,
  `insert into dispatch.on_shift ${nextId}`,
  `delete from dispatch.on_shift ${oneId}`,
  `delete from dispatch.on_shift ${oneId}`,
  `delete from dispatch.on_shift ${nextId}`,
  ...[first, second, second, first, second, second].map(({ account }) => `select kernel.set_on_shift(account, $2) ${account}`),
]
