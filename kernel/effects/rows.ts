import { rowsInto, type Statement } from '../database/tx.ts'
import type { Effect } from '../effect.ts'
import type { AnyModule } from '../module.ts'

const putText = `
  insert into kernel.effect (module, stream, id, n, target, effect)
  select module, stream, id, n, target, effect from jsonb_populate_recordset(null::kernel.effect, $1::jsonb)`
const endText = `
  delete from kernel.effect e using jsonb_populate_recordset(null::kernel.effect, $1::jsonb) ended
  where (e.module, e.stream, e.id) = (ended.module, ended.stream, ended.id)`

/** What stands in `kernel.effect` for one effect of a stream. */
export const effectRow = (module: string, stream: string, effect: Effect) => ({
  module,
  stream,
  id: effect.id,
  n: effect.n,
  target: effect.target,
  effect,
})

/** What a stream still has to do outside as its events leave it, against before: most commands change nothing, and write nothing. */
export function effectStatements(module: AnyModule, stream: string, before: unknown, after: unknown): readonly Statement[] {
  if (module.effects === undefined) return []
  const [old, now] = [module.effects.of(before), module.effects.of(after)]
  const put = now
    .filter(({ id }) => !old.some((one) => one.id === id))
    .map((effect) => rowsInto(putText, effectRow(module.name, stream, effect)))
  const ended = old.filter(({ id }) => !now.some((one) => one.id === id)).map(({ id }) => id)
  return [...put, ...ended.map((id) => rowsInto(endText, { module: module.name, stream, id }))]
}
