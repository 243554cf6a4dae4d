import { randomUUID } from 'node:crypto'
import type { TestServer } from '#kernel/testing/server.ts'
import { equipment } from '../rules/shift.ts'

/** Rows of the access table for the shifts of desks. They are tried on one that is over: its own people are refused by the decision, to all others it is not there. */
type Place = 'own' | 'neighbour' | 'foreign'
const over = { stationDuty: '409 404 404', subBureauDuty: '404 404 404', citySupervisor: '404 404 404' }
const [unit, bureau, anywhere] = ['200 404 404', '200 200 404', '200 200 200']

export const deskRows = {
  'command dispatch.startShift': over,
  'command dispatch.joinShift': over,
  'command dispatch.leaveShift': over,
  'command dispatch.handOver': over,
  'command dispatch.takeOver': over,
  'command dispatch.endShift': over,
  'command dispatch.noteSilence': {},
  'command dispatch.noteBack': {},
  'view dispatch.staffing': { subBureauDuty: unit, citySupervisor: bureau },
  'view dispatch.desk': { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'view dispatch.tasks': { stationDuty: anywhere, subBureauDuty: anywhere },
  'view dispatch.shift': { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'signal dispatch.present': { stationDuty: anywhere, subBureauDuty: anywhere, citySupervisor: anywhere },
}

export const deskSays = { 'dispatch.present': async () => ({ screen: randomUUID(), visible: true }) }

export function deskTries(house: () => TestServer, stationOf: Readonly<Record<Place, string>>) {
  const made = new Map<Place, Promise<string>>()
  async function make(place: Place): Promise<string> {
    const stream = `shift:${randomUUID()}`
    const grant = { role: 'stationDuty', unit: stationOf[place] } as const
    const by = { account: randomUUID(), name: 'prepared', unit: grant.unit, grants: [grant] }
    const give = (type: string, data: unknown) =>
      house().house.road.take({ module: 'dispatch', stream, id: randomUUID(), type, data, by, as: [grant] })
    await give('startShift', { unit: grant.unit })
    await give('endShift', { reason: '-' })
    return stream
  }
  const on = (place: Place): Promise<string> => {
    const stream = made.get(place) ?? make(place)
    made.set(place, stream)
    return stream
  }
  const list = equipment.map((item) => ({ item, ok: true }))
  return {
    'dispatch.startShift': { on, data: (place: Place) => ({ unit: stationOf[place] }) },
    'dispatch.joinShift': { on },
    'dispatch.leaveShift': { on },
    'dispatch.handOver': { on, data: () => ({ to: randomUUID(), equipment: list }) },
    'dispatch.takeOver': { on, data: () => ({ offer: 1, next: randomUUID() }) },
    'dispatch.endShift': { on, data: () => ({ reason: '-' }) },
    'dispatch.noteSilence': { on },
    'dispatch.noteBack': { on },
  }
}
