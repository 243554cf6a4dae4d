import { derivedId } from '#kernel/ids.ts'
import type { Command, MatterRow, Views } from '#modules/cases/contract.ts'
import { overPhases } from '#modules/cases/contract.ts'
import type { QuestionRow } from '#modules/cases/contract/question.ts'
import type { DemoAccount } from '../city.ts'
import { Refusal } from '../client.ts'
import type { City } from './acts.ts'
import type { Actors } from './actors.ts'
import type { ServerClock } from './clock.ts'
import { courseOf, gapOf } from './cases/course.ts'
import { matterOf, type Opening, openingCourse, openings, reportOf, standsAt } from './cases/opening.ts'
import { stepOf } from './cases/procedure.ts'
import { type Step, offered, type Post } from './cases/scene.ts'
import { anyCause, causes, explained, reasons } from './cases/told.ts'
import { type Dice, dice } from './dice.ts'
import { reporters } from './narratives.ts'

/** One station after the other looks at its cases, so often at the city's own rate. */
const everyMs = 4000
/** What waits for others is looked at again after so long at the city's own rate, and whenever somebody has done something about it. */
const waitingMs = 3_600_000
/** So many stations have the cases that the demonstration begins with. */
const beginning = 3
/** More steps than any case takes. */
const longest = 60

/** What of the city it hangs on how cases go: as it is at the moment. */
interface Where {
  readonly city: Pick<City, 'seed' | 'rate' | 'taken'>
}
/** Logins of everybody whom the cases of a station need. */
type Station = { readonly unit: string; readonly neighbour: string } & Readonly<Record<Post, string>>

/** Stations with an officer of cases and a head, each with another one to pass matters on to, and with who decides above them. */
function stationsOf(accounts: readonly DemoAccount[]): readonly Station[] {
  const at = (role: DemoAccount['role'], unit: string) => accounts.find((one) => one.role === role && one.unit === unit)?.login ?? ''
  const units = [...new Set(accounts.filter(({ role }) => role === 'caseOfficer').map(({ unit }) => unit))]
  const all = units.filter((unit) => at('unitHead', unit) !== '')
  const top = accounts.find(({ role }) => role === 'citySupervisor')?.unit ?? ''
  return all.map((unit, index) => {
    const over = accounts.filter(({ role }) => role === 'legalReviewer').find((one) => unit.startsWith(one.unit))?.unit ?? ''
    const posts = { chief: at('unitHead', over), reviewer: at('legalReviewer', over), above: at('unitHead', top) }
    return {
      unit,
      neighbour: all[(index + 1) % all.length] ?? unit,
      officer: at('caseOfficer', unit),
      head: at('unitHead', unit),
      ...posts,
    }
  })
}

/** What comes of an incident that nobody accepted: most become reports, some are explained, some are left until the question climbs. */
function answerTo(row: QuestionRow, unit: string, roll: Dice): { readonly stream: string; readonly step: Step } | null {
  const { incident, incidentKind, narrative, place, id, phase } = row
  const course = roll.weighed(['report', 'explain', 'late'] as const, (one) => ({ report: 6, explain: 2, late: 2 })[one])
  if (phase === 'explained') {
    const stands = roll.chance(0.75)
    const word: Command = stands
      ? { type: 'confirmExplanation', data: {} }
      : { type: 'rejectExplanation', data: { reason: reasons.explanation } }
    return { stream: id, step: { who: 'chief', ...word } }
  }
  if (phase !== 'open' || course === 'late') return null
  if (course === 'explain' && row.rejected === null) {
    const explanation = roll.pick(['mediatedOnSpot', 'falseReport', 'duplicate'] as const)
    return { stream: id, step: { who: 'officer', type: 'explain', data: { explanation, reason: explained } } }
  }
  const [cause, nature] = causes[incidentKind] ?? anyCause
  const victim = { id: derivedId('simulator', 'reporter', incident), personName: roll.pick(reporters) }
  const persons = [{ ...victim, roles: ['reporter' as const, 'victim' as const] }]
  const told = { source: 'incident' as const, incident, nature, cause, narrative, ...(place !== null && { place }), persons }
  return {
    stream: derivedId('simulator', 'report', incident),
    step: { who: 'officer', type: 'takeReport', data: { unit, ...told } },
  }
}

/** Who works the cases of the demonstration, most in time. What a visitor sits at is left to him. */
export class Cases {
  readonly #run: string
  readonly #work: Where
  readonly #actors: Actors
  readonly #clock: ServerClock
  readonly #stations: readonly Station[]
  /** When somebody next looks into a matter, as it stands at `n`. */
  readonly #due = new Map<string, { readonly n: number; readonly at: number }>()
  /** Of each officer his own account and another officer's. */
  readonly #pairs = new Map<string, { readonly own: string; readonly second: string }>()
  #turn = 0
  constructor(parts: { run: string; work: Where; actors: Actors; clock: ServerClock; accounts: readonly DemoAccount[] }) {
    this.#run = parts.run
    this.#work = parts.work
    this.#actors = parts.actors
    this.#clock = parts.clock
    this.#stations = stationsOf(parts.accounts)
  }

  start(): NodeJS.Timeout {
    return setInterval(() => void this.#look(), Math.max(500, everyMs / this.#work.city.rate))
  }

  /** Cases of every state, as if the city had been at work before; what is there already is left as it is. */
  async begin(all: readonly Opening[] = openings): Promise<void> {
    const stations = this.#stations.slice(0, beginning)
    await Promise.all(
      stations.map(async (station, index) => {
        for (const opening of all.filter((_, at) => at % stations.length === index)) await this.#open(station, opening)
      }),
    )
  }

  async #open(station: Station, opening: Opening): Promise<void> {
    const id = matterOf(opening.key)
    try {
      if (!this.#free(station.officer)) return
      await this.#actors.as(station.officer, (client) =>
        client.command(`cases/${id}`, { id: derivedId('simulator', this.#run, id), ...reportOf(opening, station.unit, this.#clock.now()) }),
      )
      for (let steps = 0; steps < longest; steps++) if (!(await this.#advance(station, id, opening.until))) return
    } catch (error) {
      // An earlier run has begun with it, or a visitor was faster: it is worked on in its turn.
      if (!(error instanceof Refusal)) throw error
    }
  }

  #free(login: string): boolean {
    return login !== '' && !this.#work.city.taken.has(login)
  }

  async #look(): Promise<void> {
    const station = this.#stations[this.#turn++ % this.#stations.length]
    if (station === undefined || !this.#free(station.officer)) return
    try {
      const unit = { unit: station.unit }
      const [asked, listed] = await this.#actors.as(station.officer, (client) =>
        Promise.all([client.view<Views['questions']>('cases/questions', unit), client.view<Views['list']>('cases/list', unit)]),
      )
      const next = this.#next(listed.rows)
      if (next !== undefined) await this.#advance(station, next.id)
      await this.#answer(station, asked, listed)
    } catch (error) {
      // A visitor was faster, or the rights of a seat have changed: it is looked at again in the next turn.
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** At most one: nobody does everything at once. */
  async #answer(station: Station, asked: Views['questions'], listed: Views['list']): Promise<void> {
    const reported = new Set(listed.rows.map(({ incident }) => incident))
    const open = asked.rows.filter(({ row }) => !reported.has(row.incident))
    const { seed } = this.#work.city
    const [first] = open.flatMap(({ row }) => answerTo(row, station.unit, dice('question', seed, row.id)) ?? [])
    if (first !== undefined) await this.#give(station, first.stream, first.step, this.#turn)
  }

  /** The matter that has waited longest for its next step. */
  #next(rows: readonly MatterRow[]): MatterRow | undefined {
    const now = this.#clock.now()
    const { seed, rate } = this.#work.city
    const waiting = rows.filter((row) => {
      if (overPhases.has(row.phase) && row.phase !== 'refused') this.#due.delete(row.id)
      else if (this.#due.get(row.id)?.n !== row.n) this.#due.set(row.id, { n: row.n, at: now + gapOf(seed, row) / rate })
      return (this.#due.get(row.id)?.at ?? Number.POSITIVE_INFINITY) <= now
    })
    return waiting.toSorted((a, b) => (this.#due.get(a.id)?.at ?? 0) - (this.#due.get(b.id)?.at ?? 0))[0]
  }

  /** Takes one step with a matter, by whom it is for; false: it waits. `until`: where it is left standing. */
  async #advance(station: Station, id: string, until?: string): Promise<boolean> {
    const seen = (login: string) => this.#actors.as(login, (client) => client.view<Views['matter']>('cases/matter', { id }))
    const { own, second } = await this.#pair(station)
    const view = await seen(station.officer)
    const { row } = view
    const { rate, seed } = this.#work.city
    const now = this.#clock.now()
    this.#due.set(id, { n: row.n, at: now + waitingMs / rate })
    if (until !== undefined && standsAt(view).has(until)) return false
    if (row.officers.length > 0 && !row.officers.some(({ account }) => account === own)) return false
    const course = { ...courseOf(seed, id), ...openingCourse(id) }
    const step = stepOf({ view, course, own, second, neighbour: station.neighbour, now })
    if (step === null || !this.#free(station[step.who])) return false
    const page = step.who === 'officer' ? view : await seen(station[step.who])
    if (!offered(page, step)) return false
    await this.#give(station, id, step, row.n)
    return true
  }

  async #give(station: Station, stream: string, { who, type, data }: Step, n: number): Promise<void> {
    if (!this.#free(station[who])) return
    const command = { id: derivedId('simulator', this.#run, stream, type, n), type, data }
    await this.#actors.as(station[who], (client) => client.command(`cases/${stream}`, command))
  }

  async #pair({ officer, unit }: Station): Promise<{ readonly own: string; readonly second: string }> {
    const known = this.#pairs.get(officer)
    if (known !== undefined) return known
    const [{ account }, { rows }] = await this.#actors.as(officer, (client) =>
      Promise.all([client.me(), client.view<Views['officers']>('cases/officers', { unit })]),
    )
    const pair = { own: account, second: rows.find((one) => one.account !== account)?.account ?? account }
    this.#pairs.set(officer, pair)
    return pair
  }
}
