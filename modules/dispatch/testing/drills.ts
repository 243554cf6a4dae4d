import { randomUUID } from 'node:crypto'
import type { TestServer } from '#kernel/testing/server.ts'
import type { Place } from './offices.ts'

/** Rows of the access table for drills. A drill of a sub-bureau is its own and its bureau's; its stations sign each for itself. */
const unit = '200 404 404'
const bureau = '200 200 404'
const reading = { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau }
export const drillAccess = {
  'command dispatch.planDrill': { subBureauDuty: '200 409 409', citySupervisor: '200 200 409' },
  'command dispatch.cancelDrill': { subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.signDrill': { stationDuty: unit, subBureauDuty: '409 404 404' },
  'command dispatch.passDrill': {},
  'command dispatch.deliverDrill': {},
  'command dispatch.planSeries': { subBureauDuty: '200 409 409', citySupervisor: '200 200 409' },
  'command dispatch.endSeries': { subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.runSeries': {},
  'view dispatch.drills': reading,
  'view dispatch.drill': reading,
  'view dispatch.drillSeries': { subBureauDuty: unit, citySupervisor: bureau },
  'view dispatch.drillsNow': { stationDuty: unit, subBureauDuty: unit },
  'signal dispatch.acknowledgeDrill': { stationDuty: '200 200 200', subBureauDuty: '200 200 200' },
}

type At = Readonly<Record<Place, string>>

/** How each is tried: on a drill of the place's sub-bureau that runs. */
export function drillTries(house: () => TestServer, { bureauOf, subBureauOf, stationOf }: Readonly<Record<`${string}Of`, At>>) {
  const plan = (place: Place) => ({ unit: subBureauOf?.[place], limitSeconds: 600, reason: '-' })
  const weekly = (place: Place) => ({
    unit: subBureauOf?.[place],
    weekdays: ['mon'],
    time: '09:00',
    limitSeconds: 60,
    reason: '-',
    until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })
  async function planned(place: Place, prefix: string, type: string, data: object): Promise<string> {
    const grant = { role: 'citySupervisor', unit: bureauOf?.[place] ?? '' } as const
    const by = { account: randomUUID(), name: 'prepared', unit: grant.unit, grants: [grant] }
    const stream = `${prefix}:${randomUUID()}`
    const given = { module: 'dispatch', stream, id: randomUUID(), type, data, by, as: [grant] }
    await house().house.road.take(given)
    return stream
  }
  const drillAt = (place: Place) => planned(place, 'drill', 'planDrill', plan(place))
  const seriesAt = (place: Place) => planned(place, 'drill-series', 'planSeries', weekly(place))
  const at = async (place: Place) => (await drillAt(place)).slice('drill:'.length)
  return {
    at,
    says: async (place: Place) => ({ drills: [{ drill: await at(place), unit: stationOf?.[place] }] }),
    commands: {
      'dispatch.planDrill': { on: async () => `drill:${randomUUID()}`, data: plan },
      'dispatch.cancelDrill': { on: drillAt, data: () => ({ reason: '-' }) },
      'dispatch.planSeries': { on: async () => `drill-series:${randomUUID()}`, data: weekly },
      'dispatch.endSeries': { on: seriesAt, data: () => ({ reason: '-' }) },
      'dispatch.signDrill': { on: drillAt, data: (place: Place) => ({ unit: stationOf?.[place] }) },
    },
  }
}
