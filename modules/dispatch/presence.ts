import type { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Found, Reader, SignalTools } from '#kernel/module.ts'
import type { SettingRow } from '#kernel/settings.ts'
import type { signals } from './contract.ts'
import type { Screens } from './contract/shift.ts'
import { forgottenHours, presenceAt, presenceKey } from './rules/shift.ts'

/** What screens say gathers this long: as many of them as there may be, it is one transaction. */
const gatherMs = 1000

interface Beat {
  readonly unit: string
  readonly account: string
  readonly screen: string
  readonly at: string
  readonly visible: boolean
}

const putText = `
  insert into dispatch.signal_screen as s (unit, account, screen, path, at, visible)
  select u.code, b.account, b.screen, u.path, b.at, b.visible
  from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[]) b (unit, account, screen, at, visible)
    cross join lateral access.unit_of(b.unit) u
  order by u.code, b.account, b.screen
  on conflict (unit, account, screen) do update set at = excluded.at, visible = excluded.visible where s.at <= excluded.at`
const forgetText = `delete from dispatch.signal_screen where at < $1::timestamptz - ${forgottenHours} * interval '1 hour'`

/** Gathers what the screens of a process say of themselves. A screen is answered once its word is kept. */
export class Presence {
  readonly #tools: SignalTools
  #beats = new Map<string, Beat>()
  #kept: Promise<void> | undefined
  constructor(tools: SignalTools) {
    this.#tools = tools
  }

  take({ screen, visible }: z.infer<typeof signals.present>, { person, units, now }: Reader): Promise<void> {
    for (const unit of units)
      this.#beats.set(`${unit}/${person.account}/${screen}`, { unit, account: person.account, screen, at: now, visible })
    this.#kept ??= this.#keep()
    return this.#kept
  }

  async #keep(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs))
    const beats = [...this.#beats.values()]
    this.#beats = new Map()
    this.#kept = undefined
    await this.#tools.keep(statementsOf(beats))
  }
}

function statementsOf(beats: readonly Beat[]): readonly Statement[] {
  const newest = beats.reduce((last, { at }) => (at > last ? at : last), '')
  const columns = (['unit', 'account', 'screen', 'at', 'visible'] as const).map((key) => beats.map((beat) => beat[key]))
  return [
    { text: putText, values: columns },
    { text: forgetText, values: [newest] },
  ]
}

/** What a screen said last. */
export interface Said {
  readonly at: string
  readonly visible: boolean
}

/** Those that have said within these seconds that they are there. */
export function screensOf(said: readonly Said[], seconds: number, now: string): Screens {
  const alive = said.filter(({ at }) => Date.parse(now) - Date.parse(at) < seconds * 1000)
  const seen = said.reduce<string | null>((last, { at }) => (last === null || at > last ? at : last), null)
  return { alive: alive.length, visible: alive.filter(({ visible }) => visible).length, seen }
}

/** What was set of the limit, of every unit. */
export const presenceRows = (tx: Tx): Promise<SettingRow[]> =>
  tx.query<SettingRow>('select unit, value, from_at as "from", by, reason, at from dispatch.setting where key = $1 order by n', [
    presenceKey,
  ])

interface Watched {
  readonly stream: string
  readonly path: readonly string[]
  readonly since: string
  readonly silent: string | null
  readonly heard: string | null
}

const watchedText = `
  select s.id as stream, s.path, s.since, s.silent, heard.at as heard
  from dispatch.shift s left join lateral (select max(c.at) as at from dispatch.signal_screen c where c.unit = s.unit) heard on true
  where s.running order by s.id`

/**
 * The running shifts of which nothing has been heard for too long, and the silent ones that are heard again. Silence counts from when this server has
 * been there to hear: `began`. What is found has the same key at every server.
 */
export async function silences(tx: Tx, { now, began }: { now: string; began: string }): Promise<readonly Found[]> {
  const [shifts, rows] = await Promise.all([tx.query<Watched>(watchedText), presenceRows(tx)])
  return shifts.flatMap(({ stream, path, since: begun, silent, heard }): Found[] => {
    if (silent !== null)
      return heard !== null && heard > silent ? [{ stream, key: `back ${heard}`, command: { type: 'noteBack', data: { heard } } }] : []
    const since = heard !== null && heard > begun ? heard : begun
    const seconds = presenceAt(rows, path, now)
    const quiet = Date.parse(now) - Math.max(Date.parse(since), Date.parse(began))
    if (quiet < seconds * 1000) return []
    return [{ stream, key: `silent ${since} ${seconds}`, command: { type: 'noteSilence', data: { since, seconds } } }]
  })
}
