import { limitTold, spoken, stepTold, type Told, type Tongue } from '../calendar/told.ts'
import { parseTerm } from '../calendar/term.ts'
import type { StatutoryLimit } from '../statute.ts'

const told = (word: string, values: Told['values'] = {}): Told => ({ word, values })

/** One law and its articles: `PSL25 97`, `AP 69, 70`, `RO 二(一)1`. */
const short = /^([A-Z][A-Z0-9-]*) (.+)$/

/** A law as a whole: `RO`. */
const bare = /^[A-Z][A-Z0-9-]*$/

/** Laws by their names, one after another; what carries no short name stays as it is written. */
export function articleTold(article: string): readonly Told[] {
  return article.split('; ').map((part) => {
    const [, law, articles = ''] = short.exec(part) ?? []
    if (law === undefined) return bare.test(part) ? told(`law.${part}`) : told('limit.cited', { articles: part })
    return told(/^\d/.test(articles) ? 'limit.article' : 'limit.passage', { law: told(`law.${law}`), articles })
  })
}

/** The laws of an article in one line, as a language says it. */
export function articleSaid(article: string, say: Tongue['say']): string {
  const tongue: Tongue = { say, day: (day) => day, instant: (instant) => instant }
  return articleTold(article)
    .map((one) => spoken(one, tongue))
    .join(say('limit.citedSeparator', {}))
}

/** Why a limit ends when it does, sentence by sentence for somebody who is no lawyer. `module`: whose rule it is. */
export function whyTold(module: string, limit: StatutoryLimit): readonly Told[] {
  const { rule, version, verified, trigger, from, decided, standing, due, provisional, steps } = limit
  const { unit, count } = parseTerm(limit.term)
  const state = limitTold(standing ? { is: 'paused', ifEndedNow: due, provisional, steps } : { is: 'due', due, provisional, steps })
  return [
    state,
    told('limit.ruled', {
      rule: told(`clock.rule.${module}.${rule}`),
      term: told(`limit.term.${unit}`, { count }),
      trigger: told(`limit.trigger.${trigger}`),
      at: { instant: from },
    }),
    ...articleTold(limit.article),
    told('limit.version', { from: { day: version }, verified: told(`limit.verified.${verified}`) }),
    ...(decided === null
      ? []
      : [
          told(decided.value === 1 ? 'limit.readLoosely' : 'limit.readStrictly', { setting: told(`setting.${module}.${decided.setting}`) }),
        ]),
    ...steps.map(stepTold),
  ]
}
