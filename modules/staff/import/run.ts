import type { Line, Step } from './plan.ts'

/** How far an import came. `stopped`: the line at which it ended and why; what was confirmed before stands, and the same file again goes on from there. */
export interface Outcome<Why> {
  readonly lines: number
  readonly commands: number
  readonly stopped: { readonly line: Line; readonly why: Why } | null
}

/** A server has two cores for everybody: an import must not take both from those who answer calls. */
const atOnce = 6

/** At most `atOnce` of them under way, in order; none is begun once `over` says so. */
async function each<Item>(items: readonly Item[], over: () => boolean, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (let next = left.next(); next.done !== true && !over(); next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Sends what the lines want, wave after wave. The first no ends it: nothing more is begun, what is under way is waited for. */
export async function run<Why>(
  lines: readonly Line[],
  give: (step: Step) => Promise<Why | null>,
  progress: (done: number) => void = () => {},
): Promise<Outcome<Why>> {
  let [done, sent] = [0, 0]
  let stopped: { line: Line; why: Why } | null = null
  const waves = Map.groupBy(
    lines.filter(({ steps }) => steps.length > 0),
    ({ wave }) => wave,
  )
  for (const wave of [...waves.keys()].toSorted((a, b) => a - b)) {
    await each(
      waves.get(wave) ?? [],
      () => stopped !== null,
      async (line) => {
        for (const step of line.steps) {
          const why = await give(step)
          if (why !== null) {
            stopped ??= { line, why }
            return
          }
          sent += 1
        }
        done += 1
        progress(done)
      },
    )
  }
  return { lines: done, commands: sent, stopped }
}
