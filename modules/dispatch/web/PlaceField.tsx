import { Checkbox, Input } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Control } from '#kernel/web/Form.tsx'
import { useUnits } from '#kernel/web/units.ts'
import type { PlaceRow } from '../contract.ts'
import { noPlace, type PlaceDraft, placeOf, pointOf, retold, taken } from './place.ts'
import { placeHint, usePlaces } from './places.ts'

interface Props {
  readonly id: string
  readonly draft: PlaceDraft
  readonly change: (draft: PlaceDraft) => void
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly autoFocus?: boolean
}

/** What is offered for the text as far as it has been typed; nothing while it is being composed, and nothing that nobody asked for. */
function useOffers({ draft, change }: Props) {
  const [asked, setAsked] = useState('')
  const [active, setActive] = useState(-1)
  const rows = usePlaces(asked, pointOf(draft))
  const open = rows.length > 0
  const ask = (text: string) => {
    setAsked(text)
    setActive(-1)
  }
  const take = (row: PlaceRow) => {
    change(taken(row, draft))
    ask('')
  }
  const typed = (text: string, composing: boolean) => {
    change(retold(draft, text))
    if (!composing) ask(text)
  }
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !open) return
    const row = rows[active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setActive((before) => Math.min(Math.max(-1, before + (event.key === 'ArrowDown' ? 1 : -1)), rows.length - 1))
    } else if (event.key === 'Enter' && row && !event.ctrlKey) {
      // The form does not hear of it: Enter took the offer.
      event.preventDefault()
      take(row)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      ask('')
    }
  }
  return { rows, open, active, take, typed, key, ask }
}

function Offers({ id, rows, active, take }: { id: string; rows: readonly PlaceRow[]; active: number; take: (row: PlaceRow) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  return (
    <div className="options" id={id} role="listbox" aria-label={t('intake.placesFound')}>
      {rows.map((row, index) => (
        <div
          key={`${row.kind} ${row.code}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={index === active ? 'option active' : 'option'}
          onMouseDown={(event) => {
            event.preventDefault()
            take(row)
          }}
        >
          <span>{row.name}</span>
          <small>{placeHint(row, units, t)}</small>
        </div>
      ))}
    </div>
  )
}

/** A place by text with what it may mean below it (arrows choose, Enter takes), by point, or known to be unknown. */
export function PlaceInput(props: Props) {
  const { id, draft, change, invalid, describedBy, autoFocus } = props
  const { t } = useTranslation()
  const { rows, open, active, take, typed, key, ask } = useOffers(props)
  return (
    <div className="place-field">
      <div className="combobox">
        <input
          id={id}
          className="input"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-places`}
          aria-autocomplete="list"
          aria-activedescendant={open && active >= 0 ? `${id}-places-${active}` : undefined}
          value={draft.text}
          disabled={draft.unknown}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          autoComplete="off"
          placeholder={t('intake.placeHow')}
          // The first field of a drawer that was just asked for
          autoFocus={autoFocus ?? false}
          onChange={(event) => typed(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => ask(event.currentTarget.value)}
          onKeyDown={key}
          onBlur={() => ask('')}
        />
        {open ? <Offers id={`${id}-places`} rows={rows} active={active} take={take} /> : null}
      </div>
      <Input
        value={draft.spot}
        disabled={draft.unknown}
        className="spot"
        aria-label={t('field.spot')}
        autoComplete="off"
        inputMode="decimal"
        placeholder={t('intake.spotHow')}
        onChange={(event) => change({ ...draft, spot: event.target.value, taken: undefined })}
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
