import assert from 'node:assert/strict'
import { test } from 'node:test'
import { server } from '#kernel/testing/server.ts'
import { roles } from '#kernel/decider.ts'
import { verify } from '#kernel/verify.ts'
import { staffModule } from '#modules/staff/module.ts'
import { pointsInside, seeded } from './areas.ts'
import { cityUnits, demoAccounts, firstAdministrators, seedCity } from './city.ts'
import { districts } from './geo.ts'

const tally = (kinds: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]))

test('the city has its units, and every role has somebody', () => {
  const units = cityUnits()
  assert.deepEqual(tally(units.map(({ kind }) => kind)), { subBureau: 16, centre: 16, station: 349 })
  assert.equal(new Set(units.map(({ code }) => code)).size, units.length)
  assert.equal(new Set(units.map(({ name, parent }) => `${parent} ${name}`)).size, units.length)
  const accounts = demoAccounts()
  assert.deepEqual(new Set(accounts.map(({ role }) => role)), new Set(roles))
  assert.equal(new Set(accounts.map(({ login }) => login)).size, accounts.length)
  assert.equal(new Set(accounts.map(({ name }) => name)).size, accounts.length)
  assert.deepEqual(accounts, demoAccounts())
})

test('the city is seeded through the public API; a second run changes nothing; every point has its station', async () => {
  const house = await server([staffModule])
  try {
    const started = performance.now()
    await firstAdministrators(house.house.road)
    await seedCity(house.url)
    const seconds = (performance.now() - started) / 1000
    // Readings are recorded too, so a run that changes nothing still moves the position.
    const changes = async () => {
      const rows = await house.house.pool.read('*', (tx) =>
        tx.query<{ amount: number }>(`select count(*) as amount from kernel.event where module = 'staff'`),
      )
      return rows[0]?.amount
    }
    const once = 1 + cityUnits().length + 2 * demoAccounts().length
    assert.equal(await changes(), once)
    await firstAdministrators(house.house.road)
    await seedCity(house.url)
    assert.equal(await changes(), once)
    for (const { code, boundary } of districts()) {
      const points = pointsInside(boundary, 40, seeded(5))
      const found = await house.house.pool.read('*', (tx) =>
        tx.query<{ station: string; sub_bureau: string; in_bureau: boolean }>(
          `select a.* from unnest($1::float8[], $2::float8[]) as p (lon, lat) cross join lateral access.unit_at(lon, lat, '110000') a`,
          [points.map(([lon]) => lon), points.map(([, lat]) => lat)],
        ),
      )
      // Where two coarse districts overlap, the lower code answers.
      assert.ok(found.every(({ station, sub_bureau, in_bureau }) => in_bureau && station.startsWith(sub_bureau)))
      assert.ok(found.filter(({ sub_bureau }) => sub_bureau === code).length >= 36, code)
    }
    assert.deepEqual((await verify(house.database.owner, [staffModule])).differences, [])
    if (process.env['TIMES'] !== undefined) console.log(`seeded in ${seconds.toFixed(1)} s`)
  } finally {
    await house.stop()
  }
})
