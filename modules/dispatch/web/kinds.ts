import type { TFunction } from 'i18next'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '#kernel/day.ts'
import type { Option } from '#kernel/web/Combobox.tsx'
import { serverNow } from '#kernel/web/time.ts'
import { type Apply, useView } from '#kernel/web/view.ts'
import { language } from '#kernel/web/words.ts'
import type { Views } from '../contract.ts'
import type { KindRow } from '../rules/kinds.ts'
import type { Language, Response } from '../rules/kinds/row.ts'
import type { Question } from '../rules/asking.ts'

export interface Kinds {
  /** What can be chosen today, by group. */
  readonly all: readonly KindRow[]
  /** Retired ones too. */
  readonly known: readonly KindRow[]
  readonly ready: boolean
  readonly find: (code: string) => KindRow | undefined
  /** Its name in the reader's language, of a retired one too. */
  readonly name: (code: string) => string
  /** For a field where one is chosen. */
  readonly options: readonly Option[]
}

/** The words of a question; one of the force's own brings them. */
export const questionText = ({ code, text }: { code: string; text?: string | undefined }, t: TFunction): string =>
  text ?? t(`question.${code}`)
/** A choice of the force's own is its own word. */
export const answerText = (ask: Question['ask'], answer: string, t: TFunction): string =>
  ask === 'yesNo' || ask === 'choice' ? t(`questionChoice.${answer}`, { defaultValue: answer }) : answer

/** What is wanted at the scene, in words. */
export function responseText({ units, marks }: Response, t: TFunction): string {
  const wished = marks.map((mark) => t(`mark.${mark}`))
  return [units === 0 ? t('response.none') : t('response.units', { count: units }), ...wished].join(' · ')
}

/** What was last read: at midnight, with the server away, yesterday's types are better than none. */
let read: readonly KindRow[] = []
/** A change of any type is told to everybody, without the rows: few come, and they are read again. */
const apply: Apply<Views['kinds']> = (data, change) => (change.stream.startsWith('kind:') ? null : data)
const isLanguage = (code: string): code is Language => code === 'zh-CN' || code === 'en' || code === 'zh-TW'

/** The types of incident as they are today, for every screen that names one. */
export function useKinds(): Kinds {
  const { t } = useTranslation()
  const tongue = language()
  const { data } = useView<Views['kinds']>('dispatch', 'kinds', { day: dayOf(serverNow()) }, { apply, fresh: 300_000 })
  useEffect(() => {
    if (data) read = data.rows
  }, [data])
  const known = data?.rows ?? read
  return useMemo(() => {
    const byCode = new Map(known.map((kind) => [kind.code, kind]))
    const all = known.filter((kind) => !kind.retired)
    const name = (code: string) => {
      const names = byCode.get(code)?.names
      return names ? names[isLanguage(tongue) ? tongue : 'zh-CN'] : t(`kind.${code}`, { defaultValue: code })
    }
    const hint = (kind: KindRow) => `${t(`kindGroup.${kind.group}`)} · ${kind.code}`
    const options = all.map((kind) => ({ value: kind.code, label: name(kind.code), hint: hint(kind) }))
    return { all, known, ready: data !== undefined, find: (code) => byCode.get(code), name, options }
  }, [known, data, tongue, t])
}
