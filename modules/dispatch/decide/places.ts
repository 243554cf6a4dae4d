import { isPerson, Refusal } from '#kernel/decider.ts'
import { placeStream, type Command, type Event } from '../contract.ts'
import type { Asked } from './commands.ts'
import type { Place, State } from './state.ts'

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>['data']

/** A place lies under the units from the root to its own: who administers one of them administers it. */
function within({ by, as }: Asked, path: readonly string[]): void {
  if (!isPerson(by) || as.some((grant) => path.includes(grant.unit))) return
  throw new Refusal('foreign-unit', { field: 'data.unit' })
}

const compared = ['name', 'kind', 'unit', 'lon', 'lat', 'schematic', 'pinyin'] as const
const same = ({ place, retired }: Place, data: Place['place']): boolean => !retired && compared.every((key) => place[key] === data[key])

export function setPlace(state: State, stream: string, data: Of<'setPlace'>, asked: Asked): Event[] {
  if (!placeStream.safeParse(stream).success) throw new Refusal('not-a-place')
  const { site } = asked.facts
  if (site?.unit === null || site?.unit === undefined || site.unit.closed)
    throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit: data.unit } })
  within(asked, site.unit.path)
  if (!site.covered) throw new Refusal('outside', { field: 'data.lon' })
  const { schematic = false, pinyin = site.reading, ...rest } = data
  const place = { ...rest, path: [...site.unit.path], schematic, pinyin }
  if (state.kind === 'place' && same(state, place)) throw new Refusal('place-unchanged')
  return [{ type: 'placeSet', data: place }]
}

export function retirePlace(state: State, data: Of<'retirePlace'>): Event[] {
  if (state.kind !== 'place') throw new Refusal('not-a-place')
  if (state.retired) throw new Refusal('place-retired')
  return [{ type: 'placeRetired', data }]
}
