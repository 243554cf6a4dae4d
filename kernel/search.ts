const han = '〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}'
const runs = new RegExp(`[${han}]+|[0-9a-z\\u00c0-\\u024f]+`, 'gu')

/**
 * The parts of what is asked, folded as `kernel.folded` does, and the query that every record with all of them answers by its `kernel.words_of`. Null: there is
 * nothing to look for. A record that answers the query has the parts' pairs of characters anywhere: that they stand together is looked at in its text.
 */
export function queryOf(asked: string): { readonly words: string; readonly parts: readonly string[] } | null {
  const parts = asked.normalize('NFKC').toLowerCase().split(/\s+/)
  const found = parts.map((part) => ({ part, runs: part.match(runs) ?? [] })).filter((one) => one.runs.length > 0)
  const lexemes = found.flatMap((one) =>
    one.runs.flatMap((run) => {
      const signs = [...run]
      if (!new RegExp(`^[${han}]`, 'u').test(run)) return [`'${run.slice(0, 60)}':*`]
      return signs.length === 1 ? [`'${run}':*`] : signs.slice(1).map((sign, i) => `'${signs[i] ?? ''}${sign}'`)
    }),
  )
  return found.length === 0 ? null : { words: [...new Set(lexemes)].join(' & '), parts: found.map((one) => one.part) }
}

/** The cursor of the page after this one: the last row's time and id; null: this was the last. `rows` were asked for with one more than `most`. */
export function pageOf<Row extends { readonly id: string; readonly at: string }>(
  rows: readonly Row[],
  most: number,
): { readonly page: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, most)
  const last = page.at(-1)
  return { page, next: rows.length > page.length && last ? `${last.at}~${last.id}` : null }
}
