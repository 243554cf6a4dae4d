import { randomUUID } from 'node:crypto'
import { password } from '#kernel/testing/server.ts'

/** Rows of the access table for accounts, one's own second factor, the calendar and the force's settings; `on` and `data` are how each command is tried. */
export type Place = 'own' | 'neighbour' | 'foreign'
const bureau = '200 200 404'
const open = '200 200 409'
const administering = { systemAdministrator: bureau, securityAdministrator: bureau, auditAdministrator: bureau }

/** The boundary of a small area. */
export const ring = [
  [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
]

/** The code is looked at first, whoever asks. */
const wrongCode = (everybody: readonly string[]) => Object.fromEntries(everybody.map((who) => [who, '422 422 422']))

export const officeRows = (everybody: readonly string[]) => ({
  'command staff.setSecondFactor': wrongCode(everybody),
  'command staff.removeSecondFactor': wrongCode(everybody),
  'command staff.resetSecondFactor': { systemAdministrator: '409 409 404' },
  'command staff.useRecovery': {},
  'command staff.begin': {},
  'command staff.setSetting': { securityAdministrator: open },
  'command dispatch.setSetting': { securityAdministrator: open },
  'command dispatch.setBell': { systemAdministrator: open },
  'command dispatch.retireBell': { systemAdministrator: bureau },
  'command dispatch.recordBell': {},
  'view dispatch.bells': { systemAdministrator: bureau },
  'GET /webhook-key': Object.fromEntries([...everybody, 'anonymous'].map((who) => [who, '200 200 200'])),
  'command staff.openAccount': { systemAdministrator: open },
  'command staff.closeAccount': { systemAdministrator: bureau },
  'command staff.grant': { securityAdministrator: bureau },
  'command staff.revoke': { securityAdministrator: bureau },
  'command staff.setCalendar': { securityAdministrator: '200 200 200' },
  'view staff.calendar': Object.fromEntries(everybody.map((who) => [who, '200 200 200'])),
  'view staff.findings': administering,
  'view staff.accounts': administering,
  'view staff.settings': administering,
  'view dispatch.settings': administering,
})

/** Of a year that nobody has set yet: each record is another. */
let year = 2030
const calendarYear = {
  on: async () => {
    year += 1
    return `calendar:${year}`
  },
  data: () => ({
    holidays: ['01-01', '05-01', '10-01'].map((day) => ({ name: 'other', from: `${year}-${day}`, to: `${year}-${day}` })),
    workdays: [],
    source: '-',
    verified: 'no',
    reason: '-',
    seen: 0,
  }),
}

export const officeTries = (accountAt: (place: Place) => Promise<string>, stationOf: Readonly<Record<Place, string>>) => {
  const setting = (key: string) => ({
    on: async () => `setting:${key}`,
    data: (place: Place) => ({ unit: stationOf[place], value: 60, reason: '-' }),
  })
  return {
    'staff.setSecondFactor': { on: accountAt, data: () => ({ factor: randomUUID(), oneTimeCode: '123456' }) },
    'staff.removeSecondFactor': { on: accountAt, data: () => ({ old: password, oneTimeCode: '123456' }) },
    'staff.resetSecondFactor': { on: accountAt, data: () => ({ reason: '-' }) },
    'dispatch.setBell': {
      on: async () => `bell:${randomUUID()}`,
      data: (place: Place) => ({ unit: stationOf[place], channel: 'webhook', target: 'http://127.0.0.1:9/' }),
    },
    'staff.setCalendar': calendarYear,
    'staff.setSetting': setting('idleMinutes'),
    'dispatch.setSetting': setting('patrolMinutes'),
  }
}
