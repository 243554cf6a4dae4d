import { rowsInto, type Statement } from '../database/tx.ts'
import type { AnyModule } from '../module.ts'
import { type Clock, dueOf } from '../clock.ts'

const putText = `
  insert into kernel.clock (module, stream, id, unit, rule, point, due, clock)
  select module, stream, id, unit, rule, point, due, clock from jsonb_populate_recordset(null::kernel.clock, $1::jsonb)
  on conflict (module, stream, id) do update set
    unit = excluded.unit, rule = excluded.rule, point = excluded.point, due = excluded.due, clock = excluded.clock`
const endText = `
  delete from kernel.clock c using jsonb_populate_recordset(null::kernel.clock, $1::jsonb) ended
  where (c.module, c.stream, c.id) = (ended.module, ended.stream, ended.id)`

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
  return [
    ...changed.map((clock) => rowsInto(putText, clockRow(module.name, stream, clock))),
    ...ended.map((id) => rowsInto(endText, { module: module.name, stream, id })),
  ]
}
