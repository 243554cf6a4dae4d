const everyMs = 5

/** Waits for a condition; gives what it found. Fails with `what` after `ms`. */
export async function until<Value>(
  what: string,
  check: () => Value | Promise<Value>,
  ms = 8000,
): Promise<Exclude<Value, false | null | undefined>> {
  const end = performance.now() + ms
  for (;;) {
    const value = await check()
    if (value !== false && value !== null && value !== undefined) return value as Exclude<Value, false | null | undefined>
    if (performance.now() > end) throw new Error(`waited ${ms} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
