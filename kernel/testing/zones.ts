import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'

/** Minutes that each is behind UTC in winter. */
const zones = { UTC: 0, 'America/New_York': 300, 'Asia/Shanghai': -480 } as const

/** The same tests on servers that stand in three zones: none may tell the difference. */
export function inZones(tests: () => void): void {
  for (const [zone, behind] of Object.entries(zones))
    describe(`on a server in ${zone}`, () => {
      const own = process.env['TZ']
      before(() => {
        process.env['TZ'] = zone
        assert.equal(new Date(2026, 0, 1).getTimezoneOffset(), behind)
      })
      after(() => {
        if (own === undefined) delete process.env['TZ']
        else process.env['TZ'] = own
      })
      tests()
    })
}
