import { derivedId } from '#kernel/ids.ts'
import type { MatterRow, Views } from '#modules/cases/contract.ts'
import type { QuestionRow } from '#modules/cases/contract/question.ts'
import type { DemoAccount } from '../city.ts'
import { type Client, Refusal } from '../client.ts'
import type { Actors } from './actors.ts'
import { type Dice, dice } from './dice.ts'
import { reporters } from './narratives.ts'
import type { Work } from './work.ts'

/** One station after the other looks at its cases, so often at the city's own rate. */
const everyMs = 4000

interface Station {
  readonly unit: string
  readonly officer: string
  readonly head: string
  readonly neighbour: string
}
interface Step {
  readonly who: string
  readonly stream: string
  readonly type: string
  readonly data: object
}

/** Stations with an officer of cases and a head, each with another one to pass matters on to. */
function stationsOf(accounts: readonly DemoAccount[]): readonly Station[] {
  const heads = new Map(accounts.filter(({ role }) => role === 'unitHead').map(({ unit, login }) => [unit, login]))
  const all = accounts.filter(({ role, unit }) => role === 'caseOfficer' && heads.has(unit))
  const officers = all.filter(({ unit }, at) => all.findIndex((one) => one.unit === unit) === at)
  return officers.map(({ unit, login }, at) => {
    const neighbour = officers[(at + 1) % officers.length]?.unit ?? unit
    return { unit, officer: login, head: heads.get(unit) ?? '', neighbour }
  })
}

/** What comes of an incident that nobody accepted: most become reports, some are explained, some are left until the question climbs. */
function answerTo({ incident, narrative, place, id, phase }: QuestionRow, { unit, officer }: Station, roll: Dice): Step | null {
  const course = roll.weighed(['report', 'explain', 'late'] as const, (one) => ({ report: 6, explain: 2, late: 2 })[one])
  if (course === 'late' || phase !== 'open') return null
  if (course === 'explain') {
    const data = {
      explanation: roll.pick(['mediatedOnSpot', 'falseReport', 'duplicate'] as const),
      reason: '经核实，当事人双方当场和解，未造成伤害和损失。',
    }
    return { who: officer, stream: id, type: 'explain', data }
  }
  const matter = derivedId('simulator', 'report', incident)
  const persons = [{ id: derivedId('simulator', 'reporter', incident), roles: ['reporter', 'victim'], personName: roll.pick(reporters) }]
  const nature = roll.weighed(
    ['administrative', 'criminal', 'unclear'] as const,
    (one) => ({ administrative: 7, criminal: 2, unclear: 1 })[one],
  )
  const told = {
    nature,
    cause: roll.pick(['殴打他人', '盗窃', '寻衅滋事', '诈骗', '故意损毁财物']),
    narrative,
    ...(place !== null && { place }),
  }
  return { who: officer, stream: matter, type: 'takeReport', data: { unit, source: 'incident', incident, ...told, persons } }
}

/** The next step of a matter as this unit's people take it; null: it waits. */
function next(row: MatterRow, { officer, head, neighbour }: Station, roll: Dice): Step | null {
  const step = (who: string, type: string, data: object = {}): Step => ({ who, stream: row.id, type, data })
  const refuses = roll.chance(0.15)
  switch (row.phase) {
    case 'reported': {
      if (row.transfers > 0) return step(officer, 'accept')
      const course = roll.weighed(
        ['accept', 'pass', 'unclear', 'away', 'late'] as const,
        (one) => ({ accept: 14, pass: 2, unclear: 1, away: 1, late: 2 })[one],
      )
      if (course === 'pass')
        return step(officer, 'proposeTransfer', { destination: { to: 'unit', unit: neighbour }, reason: '案发地在该所辖区。' })
      if (course === 'unclear') return step(officer, 'leaveUndetermined', { reason: '案发地在两所交界处，正在核实。' })
      if (course === 'away' && row.nature !== 'criminal') return step(officer, 'turnAway', { where: '人民调解委员会或人民法院' })
      return course === 'late' ? null : step(officer, 'accept')
    }
    case 'undetermined':
      return step(officer, 'accept')
    case 'transferring':
      return row.nature === 'criminal' ? null : step(head, 'transfer')
    case 'accepted': {
      const caseKind = row.nature === 'criminal' ? 'criminal' : 'administrative'
      const data = refuses
        ? { outcome: 'refuse', ground: 'noFacts', reason: '经查没有违法事实。' }
        : { outcome: 'file', reason: '有违法事实，需要追究责任。' }
      return step(officer, 'proposeFiling', { caseKind, ...data })
    }
    case 'proposed':
      return row.proposal?.caseKind === 'criminal' ? null : step(head, 'approveFiling')
    case 'refused':
      return row.noticed ? null : step(officer, 'giveNotice', { way: 'inPerson' })
    default:
      return null
  }
}

/** Officers of cases at their desks: every incident that nobody answered for is answered, or not; matters go on, most in time. What a visitor sits at is left to him. */
export class Cases {
  readonly #run: string
  readonly #work: Work
  readonly #actors: Actors
  readonly #stations: readonly Station[]
  #turn = 0
  constructor(parts: { run: string; work: Work; actors: Actors; accounts: readonly DemoAccount[] }) {
    this.#run = parts.run
    this.#work = parts.work
    this.#actors = parts.actors
    this.#stations = stationsOf(parts.accounts)
  }

  start(): NodeJS.Timeout {
    return setInterval(() => void this.#look(), Math.max(500, everyMs / this.#work.city.rate))
  }

  async #look(): Promise<void> {
    const station = this.#stations[this.#turn++ % this.#stations.length]
    if (station === undefined || [station.officer, station.head].some((login) => this.#work.city.taken.has(login))) return
    try {
      const steps = await this.#actors.as(station.officer, (client) => this.#steps(client, station))
      for (const { who, stream, type, data } of steps) {
        const command = { id: derivedId('simulator', this.#run, stream, type, this.#turn), type, data }
        await this.#actors.as(who, (client) => client.command(`cases/${stream}`, command))
      }
    } catch (error) {
      // A visitor was faster, or the rights of a seat have changed: it is looked at again in the next turn.
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** At most one of each kind: nobody does everything at once. */
  async #steps(client: Client, station: Station): Promise<readonly Step[]> {
    const { unit } = station
    const roll = (id: string, phase: string) => dice('cases', this.#work.city.seed, id, phase)
    const [asked, listed] = await Promise.all([
      client.view<Views['questions']>('cases/questions', { unit }),
      client.view<Views['list']>('cases/list', { unit }),
    ])
    const reported = new Set(listed.rows.map(({ incident }) => incident))
    const open = asked.rows.filter(({ row }) => !reported.has(row.incident))
    const answers = open.flatMap(({ row }) => answerTo(row, station, roll(row.id, 'question')) ?? [])
    const steps = listed.rows.flatMap((row) => next(row, station, roll(row.id, row.phase)) ?? [])
    return [...answers.slice(0, 1), ...steps.slice(-1)]
  }
}
