import { z } from 'zod'
import { module, type Reader, type SignalTools } from '#kernel/module.ts'
import { withSettings } from '#kernel/withSettings.ts'
import { answers } from './answers.ts'
import { type Command, commands, type Event, events, signals, stream } from './contract.ts'
import { bells } from './bells.ts'
import { deliver } from './ring.ts'
import { settling } from './decide/bells.ts'
import type { Facts } from './decide/commands.ts'
import type { State } from './decide/state.ts'
import { dispatch } from './decide.ts'
import { drill, drillReceipts, drills, drillsNow } from './drill.ts'
import { draft, keepDraft } from './drafts.ts'
import { duty, officers } from './duty.ts'
import { places } from './places.ts'
import { Presence, silences } from './presence.ts'
import { kindHistory, kinds } from './kinds.ts'
import { patrols, position } from './patrols.ts'
import { readings } from './readings.ts'
import { allowed, answering, everyone, settings } from './rules.ts'
import { reactions } from './reactions.ts'
import { deskRoles } from './rules/shift.ts'
import { lineReceipts } from './receipts.ts'
import { search } from './search.ts'
import { drillSeries } from './series.ts'
import { desk, shift, staffing } from './shift.ts'
import { statistics } from './statistics.ts'
import { tasks } from './tasks.ts'
import * as views from './views.ts'
import { wall } from './wall.ts'

const plain = <Type extends Command['type']>(type: Type) => ({ schema: commands[type], roles: allowed[type] })
const callStream = (data: { call: { id: string } }) => [data.call.id]

const own = module<State, Command, Event, Facts>({
  name: 'dispatch',
  schemas: ['dispatch'],
  migrations: new URL('./', import.meta.url),
  rebuilt: [
    'dispatch.incident',
    'dispatch.call',
    'dispatch.word',
    'dispatch.line',
    'dispatch.measured',
    'dispatch.duty',
    'dispatch.place',
    'dispatch.kind',
    'dispatch.bell',
    'dispatch.belled',
    'dispatch.shift',
    'dispatch.on_shift',
    'dispatch.drill',
    'dispatch.drill_unit',
    'dispatch.drill_series',
  ],
  urgent: true,
  together: true,
  stream,
  decider: dispatch,
  commands: {
    open: { ...plain('open'), opens: true, streams: callStream },
    addCall: { ...plain('addCall'), streams: callStream },
    locate: plain('locate'),
    acknowledge: {
      ...plain('acknowledge'),
      opens: true,
      streams: (data: z.infer<typeof commands.acknowledge>) => data.lines.map((line) => line.incident),
    },
    route: plain('route'),
    climb: plain('climb'),
    lapse: plain('lapse'),
    sign: plain('sign'),
    assign: plain('assign'),
    depart: plain('depart'),
    arrive: plain('arrive'),
    clear: plain('clear'),
    feedback: plain('feedback'),
    close: plain('close'),
    sendBack: plain('sendBack'),
    transfer: plain('transfer'),
    cancel: plain('cancel'),
    urge: plain('urge'),
    note: plain('note'),
    correct: plain('correct'),
    setKind: { ...plain('setKind'), opens: true },
    retireKind: { ...plain('retireKind'), opens: true },
    setPlace: { ...plain('setPlace'), opens: true },
    retirePlace: plain('retirePlace'),
    setBell: { ...plain('setBell'), opens: true },
    retireBell: plain('retireBell'),
    recordBell: plain('recordBell'),
    startShift: { ...plain('startShift'), opens: true },
    joinShift: plain('joinShift'),
    leaveShift: plain('leaveShift'),
    handOver: plain('handOver'),
    takeOver: { ...plain('takeOver'), streams: ({ next }: z.infer<typeof commands.takeOver>) => [`shift:${next}`] },
    endShift: plain('endShift'),
    noteSilence: plain('noteSilence'),
    noteBack: plain('noteBack'),
    planDrill: { ...plain('planDrill'), opens: true },
    cancelDrill: plain('cancelDrill'),
    signDrill: plain('signDrill'),
    passDrill: plain('passDrill'),
    deliverDrill: { ...plain('deliverDrill'), opens: true },
    planSeries: { ...plain('planSeries'), opens: true },
    endSeries: plain('endSeries'),
    runSeries: { ...plain('runSeries'), streams: ({ drill }: z.infer<typeof commands.runSeries>) => [`drill:${drill}`] },
  },
  events,
  factsFor: views.factsFor,
  owners: views.owners,
  project: views.project,
  clocks: views.clocks,
  effects: {
    of: (state) => (state.kind === 'incident' || state.kind === 'drill' ? (state.effects ?? []) : []),
    deliver,
    settled: settling,
  },
  looks: silences,
  constraints: { one_shift_a_desk: 'desk-taken', one_desk_a_person: 'on-other-shift' },
  passing: views.passing,
  views: {
    board: { ...views.board, answer: answers.board, roles: everyone, reads: 'board', whileLocked: true },
    unplaced: { ...views.unplaced, answer: answers.unplaced, roles: ['callTaker', 'subBureauDuty', 'citySupervisor'], reads: 'board' },
    mine: { ...views.mine, answer: answers.mine, roles: ['callTaker'], reads: 'board' },
    responsible: { ...views.responsible, answer: answers.responsible, roles: everyone, reads: 'board' },
    patrols: { ...patrols, answer: answers.patrols },
    bells: { ...bells, answer: answers.bells },
    duty: { ...duty, answer: answers.duty },
    officers: { ...officers, answer: answers.officers },
    staffing: { ...staffing, answer: answers.staffing },
    desk: { ...desk(views.clocksOf), answer: answers.desk },
    shift: { ...shift, answer: answers.shift },
    draft: { ...draft, answer: answers.draft },
    readings: { ...readings, answer: answers.readings },
    places: { ...places, answer: answers.places },
    kinds: { ...kinds, answer: answers.kinds, whileLocked: true },
    kindHistory: { ...kindHistory, answer: answers.kindHistory },
    search: { ...search, answer: answers.search },
    wall: { ...wall, answer: answers.wall },
    drills: { ...drills, answer: answers.drills },
    drill: { ...drill, answer: answers.drill },
    drillsNow: { ...drillsNow, answer: answers.drillsNow, whileLocked: true },
    drillSeries: { ...drillSeries, answer: answers.drillSeries },
    statistics: { ...statistics, answer: answers.statistics },
    tasks,
    incident: { ...views.incident(allowed), answer: answers.incident, roles: everyone, reads: 'opening' },
  },
  signals: (tools: SignalTools) => {
    const presence = new Presence(tools)
    const receipts = lineReceipts(tools)
    return {
      acknowledge: {
        roles: answering,
        input: signals.acknowledge,
        whileLocked: true,
        handle: ({ lines }: z.infer<typeof signals.acknowledge>, reader: Reader) => receipts(lines, reader),
      },
      position: { roles: ['patrolOfficer'], input: signals.position, handle: position(tools) },
      acknowledgeDrill: { roles: answering, whileLocked: true, input: signals.acknowledgeDrill, handle: drillReceipts(tools) },
      draft: { roles: ['callTaker'], input: signals.draft, handle: keepDraft(tools) },
      present: {
        roles: deskRoles,
        input: signals.present,
        whileLocked: true,
        handle: (said: z.infer<typeof signals.present>, reader: Reader) => presence.take(said, reader),
      },
    }
  },
  reactions,
  live: { roles: everyone, answering, rows: views.liveRows, gone: views.gone },
})

export const dispatchModule = withSettings(own, settings)
