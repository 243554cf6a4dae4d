import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Control } from '#kernel/web/Form.tsx'
import { noPlace, type PlaceDraft, placeOf } from './place.ts'

interface Props {
  readonly id: string
  readonly draft: PlaceDraft
  readonly change: (draft: PlaceDraft) => void
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly autoFocus?: boolean
}

/** A place by text, by point, or known to be unknown. */
export function PlaceInput({ id, draft, change, invalid, describedBy, autoFocus }: Props) {
  const { t } = useTranslation()
  return (
    <div className="place-field">
      <Input
        id={id}
        value={draft.text}
        disabled={draft.unknown}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        placeholder={t('intake.placeHow')}
        autoFocus={autoFocus ?? false}
        onChange={(event) => change({ ...draft, text: event.target.value })}
      />
      <Input
        value={draft.spot}
        disabled={draft.unknown}
        className="spot"
        aria-label={t('field.spot')}
        autoComplete="off"
        inputMode="decimal"
        placeholder={t('intake.spotHow')}
        onChange={(event) => change({ ...draft, spot: event.target.value })}
      />
      <Checkbox checked={draft.unknown} onChange={(event) => change({ ...draft, unknown: event.target.checked })}>
        {t('intake.unknown')}
      </Checkbox>
    </div>
  )
}

/** The same as a field of a form that the contract's schema asks for. */
export function PlaceField({ control }: { control: Control }) {
  const [draft, setDraft] = useState(noPlace)
  const change = (next: PlaceDraft) => {
    setDraft(next)
    // A point that cannot be read goes on as it is, so that the schema's answer names it.
    const place = placeOf(next)
    control.set(place === null ? { kind: 'point', lon: next.spot, lat: next.spot } : place)
  }
  return (
    <PlaceInput
      id={control.id}
      draft={draft}
      change={change}
      invalid={control.invalid}
      describedBy={control.describedBy}
      autoFocus={control.first}
    />
  )
}
