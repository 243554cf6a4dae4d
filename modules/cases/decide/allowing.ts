import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { inspected, sampleKinds } from '../contract/checks.ts'
import { rules } from '../rules/rows.ts'
import type { ActRule } from './book.ts'
import { inForce } from './counting.ts'
import type { Matter } from './matter.ts'

/** The certificate of this number, made out for this and not used. @throws Refusal */
export function certificateFor({ books }: Matter, certificate: number, inspects: (typeof inspected)[number], at: string): void {
  const { article } = ruleOn(rules, 'q-inspect', dayOf(at))
  const found = books.checks.certificates.find((one) => one.certificate === certificate)
  if (found === undefined || found.inspects !== inspects) throw new Refusal('other-certificate', { field: 'data.certificate', article })
  if (found.used) throw new Refusal('certificate-used', { field: 'data.certificate', article })
}

/** 检查证, by the head of county level. */
export const inspection: ActRule<'inspection'> = {
  ask(_matter, _act, { at }) {
    if (!inForce('q-inspect', at)) throw new Refusal('rule-not-kept')
    const { approver, article } = ruleOn(rules, 'q-inspect', dayOf(at))
    return { level: approver, article }
  },
  done({ books }, { inspects, place }) {
    return [{ type: 'inspectionAllowed', data: { certificate: books.checks.certificates.length + 1, inspects, place } }]
  },
}

type Sample = (typeof sampleKinds)[number]
/** What was approved of somebody and not taken yet. */
export const openSamples = ({ books }: Matter, person: string): readonly Sample[] =>
  books.checks.samples.flatMap((one) => (one.person === person && one.at === null ? [one.sample] : []))

/** 采集, once each and never again (PSL25 102). */
function once({ books, persons }: Matter, person: string, samples: readonly Sample[], at: string) {
  if (!inForce('q-biometric', at)) throw new Refusal('rule-not-kept')
  const row = ruleOn(rules, 'q-biometric', dayOf(at))
  if (!persons.some(({ id }) => id === person)) throw new Refusal('person-unknown')
  const known = books.checks.samples.some((one) => one.person === person && samples.includes(one.sample))
  if (known || new Set(samples).size !== samples.length) throw new Refusal('sampled-already', { article: row.article })
  return row
}

export const sampling: ActRule<'sampling'> = {
  ask(matter, { person, samples }, { at }) {
    const { approver, article } = once(matter, person, samples, at)
    return { level: approver, article }
  },
  done(matter, { person, samples }, { at }) {
    once(matter, person, samples, at)
    return [{ type: 'samplingAllowed', data: { person, samples } }]
  },
}
