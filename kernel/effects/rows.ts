import type { Statement } from '../database/tx.ts'
import type { Effect } from '../effect.ts'
import type { AnyModule } from '../module.ts'

const putText = 'insert into kernel.effect (module, stream, id, n, target, effect) values ($1, $2, $3, $4, $5, $6)'
const endText = 'delete from kernel.effect where module = $1 and stream = $2 and id = any ($3::text[])'

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
    .map((effect): Statement => {
      const row = effectRow(module.name, stream, effect)
      return { text: putText, values: [row.module, row.stream, row.id, row.n, row.target, JSON.stringify(row.effect)] }
    })
  const ended = old.filter(({ id }) => !now.some((one) => one.id === id)).map(({ id }) => id)
  return [...put, ...(ended.length === 0 ? [] : [{ text: endText, values: [module.name, stream, ended] }])]
}
