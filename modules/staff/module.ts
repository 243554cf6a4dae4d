import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import { roles } from '#kernel/decider.ts'
import { module } from '#kernel/module.ts'
import { settingAt, withSettings } from '#kernel/withSettings.ts'
import { unitCode, uuid } from '#kernel/text.ts'
import { type Command, commands, type Event, events } from './contract.ts'
import { calendarStream } from './contract/calendar.ts'
import { answers } from './answers.ts'
import { type Facts, staff } from './decide.ts'
import { administrators, allowed, settings } from './rules.ts'
import { owners, type State } from './decide/state.ts'
import * as views from './views.ts'
import { accounts } from './views/accounts.ts'
import { calendar } from './views/calendar.ts'
import { findings } from './views/findings.ts'

const plain = <Type extends Command['type']>(type: Type) => ({ schema: commands[type], roles: allowed[type] })
const namedUnit = ({ unit }: { unit: string }) => [unit]

const own = module<State, Command, Event, Facts>({
  name: 'staff',
  schemas: ['access'],
  migrations: new URL('../../kernel/access/', import.meta.url),
  rebuilt: ['access.unit', 'access.area', 'access.account', 'access.grant_', 'access.finding', 'access.calendar'],
  urgent: false,
  stream: z.union([unitCode, uuid, calendarStream]),
  decider: staff,
  commands: {
    openUnit: {
      ...plain('openUnit'),
      opens: true,
      streams: ({ parent }: z.infer<typeof commands.openUnit>) => (parent === undefined ? [] : [parent]),
    },
    renameUnit: plain('renameUnit'),
    drawBoundary: plain('drawBoundary'),
    closeUnit: plain('closeUnit'),
    openAccount: { ...plain('openAccount'), opens: true, streams: namedUnit },
    setPassword: { ...plain('setPassword'), early: true },
    setSecondFactor: { ...plain('setSecondFactor'), early: true },
    removeSecondFactor: plain('removeSecondFactor'),
    resetSecondFactor: plain('resetSecondFactor'),
    useRecovery: plain('useRecovery'),
    closeAccount: plain('closeAccount'),
    grant: { ...plain('grant'), streams: namedUnit },
    revoke: { ...plain('revoke'), streams: namedUnit },
    setCalendar: { ...plain('setCalendar'), opens: true },
    begin: {
      ...plain('begin'),
      opens: true,
      streams: ({ people }: z.infer<typeof commands.begin>) => people.map(({ id }) => id),
    },
  },
  events,
  factsFor: views.factsFor,
  owners,
  project: views.project,
  constraints: { login_taken: 'login-taken', one_administrator: 'one-administrator' },
  views: {
    units: { ...views.units, answer: answers.units, roles: 'everyone', reads: 'board', whileLocked: true },
    boundaries: { ...views.boundaries, answer: answers.boundaries, roles: 'everyone', reads: 'board' },
    findings: { ...findings, answer: answers.findings, roles: [...administrators], reads: 'board' },
    accounts: { ...accounts, answer: answers.accounts, roles: [...administrators], reads: 'opening' },
    calendar: { ...calendar, answer: answers.calendar, roles: 'everyone', reads: 'board' },
  },
  signals: () => ({}),
  reactions: [],
  live: { roles, rows: views.liveRows, gone: () => [] },
  recovered: (recovery) => ({ type: 'useRecovery', data: { recovery } }),
})

const at = (tx: Tx, key: keyof typeof settings, unit: string, now: string) => settingAt(tx, 'access', settings, key, unit, now)
export const staffModule = withSettings(
  {
    ...own,
    async limits(tx, unit, now) {
      const [sessionHours, idleMinutes] = await Promise.all([at(tx, 'sessionHours', unit, now), at(tx, 'idleMinutes', unit, now)])
      return { sessionHours, idleMinutes }
    },
  },
  settings,
)
