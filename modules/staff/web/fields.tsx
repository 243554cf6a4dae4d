import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Control } from '#kernel/web/Form.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { boundaryOf } from './geojson.ts'

/** A boundary is pasted as GeoJSON; what was understood of it is said at once. */
export function BoundaryField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const boundary = text.trim() ? boundaryOf(text) : null
  const change = (next: string) => {
    setText(next)
    control.set(next.trim() ? (boundaryOf(next) ?? next) : undefined)
  }
  const points = boundary?.flat(2).length ?? 0
  return (
    <>
      <Input.TextArea
        id={control.id}
        rows={7}
        spellCheck={false}
        value={text}
        placeholder={t('staff.geojsonHow')}
        aria-invalid={control.invalid || undefined}
        aria-describedby={control.describedBy}
        onChange={(event) => change(event.target.value)}
      />
      <p className="hint" role="status">
        {boundary ? (
          <>
            <Sign tone="good" /> {t('staff.geojsonRead', { polygons: boundary.length, points })}
          </>
        ) : text.trim() ? (
          <>
            <Sign tone="warn" /> {t('staff.geojsonUnread')}
          </>
        ) : null}
      </p>
    </>
  )
}

/** Longitude and latitude of a unit without an area. */
export function PositionField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const change = (next: string) => {
    setText(next)
    const parts = next.split(/[,,、\s]+/).filter(Boolean)
    control.set(next.trim() ? parts.map(Number) : undefined)
  }
  return (
    <Input
      id={control.id}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      placeholder={t('intake.spotHow')}
      aria-invalid={control.invalid || undefined}
      aria-describedby={control.describedBy}
      onChange={(event) => change(event.target.value)}
    />
  )
}
