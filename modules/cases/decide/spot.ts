import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import { type Spot, spotCommands, type spotEvents } from '../contract/spot.ts'
import type { Asked, Of } from './asked.ts'
import type { Book } from './book.ts'
import { begin } from './counting.ts'
import { handling } from './handling.ts'
import { imposeOnTheSpot } from './imposing.ts'
import { lawOn } from './law.ts'
import { begun, met } from './limits.ts'
import type { Matter } from './matter.ts'

type Own = keyof typeof spotCommands
type OwnEvent = Extract<Recorded<Event>, { type: keyof typeof spotEvents }>

/** @throws Refusal where nothing was imposed on the spot */
function imposedOn(matter: Matter, person: string, asked: Asked): Spot {
  handling(matter, asked)
  const found = matter.books.spot[person]
  if (found === undefined) throw new Refusal('not-on-the-spot', { article: lawOn(asked, 'spot-steps').article })
  return found
}

function reportOnTheSpot(matter: Matter, data: Of<'reportOnTheSpot'>, asked: Asked): Event[] {
  if (imposedOn(matter, data.person, asked).reported)
    throw new Refusal('spot-reported', { article: lawOn(asked, 'spot-file.usual').article })
  return [{ type: 'reportedOnTheSpot', data }]
}

/** The money goes from the officer to his agency, and from there to the bank, each within its own time (PSL25 124). */
function passOn(matter: Matter, person: string, from: Spot['money'], asked: Asked): void {
  if (imposedOn(matter, person, asked).money !== from)
    throw new Refusal('no-money', { article: lawOn(asked, 'ex-fine-spot.turnIn').article })
}

const types: ReadonlySet<string> = new Set<keyof typeof spotEvents>(['imposedOnTheSpot', 'reportedOnTheSpot', 'fineTurnedIn', 'fineBanked'])
const isOwn = (event: Recorded<Event>): event is OwnEvent => types.has(event.type)

function changed(before: Spot | undefined, event: OwnEvent): Spot | undefined {
  if (event.data === null) return before
  if (event.type === 'imposedOnTheSpot') {
    const { imposed, officers, collection = null } = event.data
    return { imposed, officers, reported: false, collection, money: collection === null ? null : 'collected' }
  }
  if (before === undefined) return before
  switch (event.type) {
    case 'reportedOnTheSpot':
      return { ...before, reported: true }
    case 'fineTurnedIn':
      return { ...before, money: 'turnedIn' }
    case 'fineBanked':
      return { ...before, money: 'banked' }
  }
}

function limitsAfter({ row }: Matter, event: OwnEvent): MatterRow['limits'] {
  const { limits, unit } = row
  if (event.data === null) return limits
  const { person } = event.data
  switch (event.type) {
    case 'imposedOnTheSpot':
      return begun(limits, event.data.limits, unit, person)
    case 'reportedOnTheSpot':
      return met(limits, ['spot-file.usual'], person)
    case 'fineTurnedIn':
      return begun(met(limits, ['ex-fine-spot.turnIn'], person), event.data.limits, unit, person)
    case 'fineBanked':
      return met(limits, ['ex-fine-spot.bank'], person)
  }
}

/** 当场处罚: what is left to be done of a penalty that was imposed on the spot. */
export const spot: Book<Matter['books']['spot'], Own> = {
  initial: {},
  commands: Object.keys(spotCommands) as Own[],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'imposeOnTheSpot':
        return imposeOnTheSpot(matter, command.data, asked)
      case 'reportOnTheSpot':
        return reportOnTheSpot(matter, command.data, asked)
      case 'turnInFine':
        passOn(matter, command.data.person, 'collected', asked)
        return [{ type: 'fineTurnedIn', data: { ...command.data, limits: [begin(asked, 'ex-fine-spot.bank')] } }]
      case 'bankFine':
        passOn(matter, command.data.person, 'turnedIn', asked)
        return [{ type: 'fineBanked', data: command.data }]
    }
  },
  evolve(slice, event) {
    if (!isOwn(event) || event.data === null) return slice
    const after = changed(slice[event.data.person], event)
    return after === undefined ? slice : { ...slice, [event.data.person]: after }
  },
  row: (matter, event) => (isOwn(event) ? { limits: limitsAfter(matter, event) } : {}),
}
