import type { TFunction } from 'i18next'
import type { KindChange } from '../contract/kinds.ts'
import type { Kind } from '../rules/kinds/row.ts'
import { questionText, responseText } from './kinds.ts'

type Set = Omit<Kind, 'code' | 'from'>

/** What was added to a list and what is gone, `+ 竞速 − 航拍`; empty when it is the same. */
function listed(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`)
  const gone = before.filter((one) => !after.includes(one)).map((one) => `− ${one}`)
  return [...added, ...gone].join(' ')
}

/** What a change makes different from what held before it, a sentence each. */
export function differences(before: Set, after: Set, t: TFunction): readonly string[] {
  const pairs = [
    [t('field.group'), t(`kindGroup.${before.group}`), t(`kindGroup.${after.group}`)],
    [t('field.priority'), t(`priority.${before.priority}`), t(`priority.${after.priority}`)],
    [t('field.response'), responseText(before.response, t), responseText(after.response, t)],
    [t('field.names'), before.names?.['zh-CN'] ?? '', after.names?.['zh-CN'] ?? ''],
  ] as const
  const plain = pairs.flatMap(([name, from, to]) => (from === to ? [] : [t('kinds.fromTo', { name, from: from || '—', to: to || '—' })]))
  const asks = (set: Set) => set.questions.map((question) => questionText(question, t))
  const lists = [
    [t('field.questions'), listed(asks(before), asks(after))],
    [t('field.words'), listed(before.words, after.words)],
  ] as const
  return [...plain, ...lists.flatMap(([name, what]) => (what === '' ? [] : [t('kinds.differs', { name, what })]))]
}

/** The changes in the order of the days from which they hold; of one day in the order of recording. */
export const byDay = (rows: readonly KindChange[]): readonly KindChange[] =>
  rows.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.n - b.n))

/** One change in words, beside what held before it. */
export function tellChange(row: KindChange, before: KindChange | undefined, t: TFunction): { title: string; what: string } {
  if (row.set === null) return { title: t('kinds.retiredFrom'), what: '' }
  const { group, priority, response } = row.set
  const whole = [t(`kindGroup.${group}`), t(`priority.${priority}`), responseText(response, t)].join(' · ')
  if (before?.set === undefined) return { title: t('kinds.begins'), what: whole }
  if (before.set === null) return { title: t('kinds.back'), what: whole }
  return { title: t('kinds.changed'), what: differences(before.set, row.set, t).join(t('kinds.semicolon')) }
}
