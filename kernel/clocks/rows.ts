import type { Statement } from '../database/tx.ts'
import type { AnyModule } from '../module.ts'
import { type Clock, dueOf } from '../clock.ts'

const putText = `
  insert into kernel.clock (module, stream, id, unit, rule, point, due, clock) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (module, stream, id) do update set unit = $4, rule = $5, point = $6, due = $7, clock = $8`
const endText = 'delete from kernel.clock where module = $1 and stream = $2 and id = any ($3::text[])'

/** What stands in `kernel.clock` for one clock of a stream. */
export function clockRow(module: string, stream: string, clock: Clock) {
  const due = dueOf(clock)
  return { module, stream, id: clock.id, unit: clock.unit, rule: clock.rule, point: due?.point ?? null, due: due?.time ?? null, clock }
}

/** The clocks of a stream as its events leave them, against those before: most commands change none, and write nothing. */
export function clockStatements(module: AnyModule, stream: string, before: unknown, after: unknown): readonly Statement[] {
  if (module.clocks === undefined) return []
  const [old, now] = [module.clocks(before), module.clocks(after)]
  const changed = now.filter((clock) => {
    const same = old.find(({ id }) => id === clock.id)
    // The value of one that an event left alone is the same value.
    return same !== clock && JSON.stringify(same) !== JSON.stringify(clock)
  })
  const ended = old.filter(({ id }) => !now.some((clock) => clock.id === id)).map(({ id }) => id)
  const put = changed.map((clock): Statement => {
    const row = clockRow(module.name, stream, clock)
    return { text: putText, values: [row.module, row.stream, row.id, row.unit, row.rule, row.point, row.due, JSON.stringify(row.clock)] }
  })
  return [...put, ...(ended.length === 0 ? [] : [{ text: endText, values: [module.name, stream, ended] }])]
}
