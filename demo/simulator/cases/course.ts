import { type Dice, dice } from '../dice.ts'

/** What a case comes to. `heavy` brings the right to a hearing; `youth`: a detention that is decided and not carried out. */
const endings = ['warning', 'fine', 'heavy', 'detention', 'youth', 'none', 'terminated', 'criminal'] as const

/** How a matter goes, if nobody interferes: who works it, works it so. */
export interface CaseCourse {
  readonly sorting: 'accept' | 'pass' | 'unclear' | 'away' | 'late'
  readonly files: boolean
  /** The head sends the first proposal back. */
  readonly sentBack: boolean
  readonly ending: (typeof endings)[number]
  readonly arrival: 'written' | 'oral' | 'surrender' | 'handOver'
  /** So many minutes lie between his arrival and the writing down of it. */
  readonly arrivedAgo: number
  /** He is kept longer than eight hours, which is asked for first. */
  readonly lengthened: boolean
  readonly seized: boolean
  readonly inspected: boolean
  readonly recognised: boolean
  readonly appraised: boolean
  /** He contests what is held against him. */
  readonly contests: boolean
  readonly hearing: 'waived' | 'held' | 'withdrawn'
  readonly reviewed: boolean
  /** The review finds something wanting, once. */
  readonly faulted: boolean
  readonly complex: boolean
  /** The head does not approve the decision as it is first asked for. */
  readonly declined: boolean
  readonly suspension: 'none' | 'granted' | 'refused'
  readonly unpaid: boolean
}

/** An item by its weight. */
const share = <Item extends string>(roll: Dice, weights: Readonly<Record<Item, number>>): Item =>
  roll.weighed(Object.keys(weights) as Item[], (item) => weights[item])

/** How the matter of this id goes. */
export function courseOf(seed: number, id: string): CaseCourse {
  const roll = dice('matter', seed, id)
  const ending = share(roll, { warning: 3, fine: 6, heavy: 2, detention: 6, youth: 2, none: 2, terminated: 1, criminal: 1 })
  const grave = ending === 'heavy' || ending === 'detention'
  return {
    sorting: share(roll, { accept: 14, pass: 2, unclear: 1, away: 1, late: 2 }),
    files: roll.chance(0.85),
    sentBack: roll.chance(0.1),
    ending,
    arrival: share(roll, { written: 5, oral: 3, surrender: 1, handOver: 1 }),
    arrivedAgo: roll.chance(0.05) ? roll.whole(440, 500) : roll.whole(0, 25),
    lengthened: grave && roll.chance(0.3),
    seized: roll.chance(0.3),
    inspected: roll.chance(0.15),
    recognised: roll.chance(0.2),
    appraised: roll.chance(0.3),
    contests: roll.chance(0.35),
    hearing: share(roll, { waived: 4, held: 3, withdrawn: 2 }),
    reviewed: grave || roll.chance(0.3),
    faulted: roll.chance(0.25),
    complex: ending === 'heavy' && roll.chance(0.5),
    declined: roll.chance(0.15),
    suspension: share(roll, { none: 6, granted: 1, refused: 1 }),
    unpaid: roll.chance(0.2),
  }
}

const minute = 60_000
/** Minutes between a step and the next one: what has just come in is looked at soon, an inquiry takes its time. */
const sooner = [0.5, 3] as const
const later = [2, 20] as const
/** What an officer leaves lying, hours. */
const lying = [20, 40] as const

/** Ms of the city's time until the next step of a matter, as it stands at `n`. */
export function gapOf(seed: number, { id, n, phase }: { id: string; n: number; phase: string }): number {
  const roll = dice('pace', seed, id, n)
  if (phase === 'reported' && courseOf(seed, id).sorting === 'late') return roll.between(...lying) * 60 * minute
  const early = phase === 'reported' || phase === 'accepted' || phase === 'proposed'
  const [least, most] = early ? sooner : later
  return roll.between(least, most) * minute
}
