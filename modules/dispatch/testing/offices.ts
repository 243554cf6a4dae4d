import { randomUUID } from 'node:crypto'
import { password } from '#kernel/testing/server.ts'

/** Rows of the access table for accounts, one's own second factor and the force's settings; `on` and `data` are how each command is tried. */
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
  'view staff.findings': administering,
  'view staff.accounts': administering,
  'view staff.settings': administering,
  'view dispatch.settings': administering,
})

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
    'staff.setSetting': setting('idleMinutes'),
    'dispatch.setSetting': setting('patrolMinutes'),
  }
}
