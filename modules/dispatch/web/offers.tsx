import { Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offer } from '#kernel/web/Actions.tsx'
import { newId } from '#kernel/web/api.ts'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { unitOptions } from '#kernel/web/reach.ts'
import { type Unit, useUnits } from '#kernel/web/units.ts'
import { channels, commands, type IncidentRow } from '../contract.ts'
import { OfficersField } from './OfficersField.tsx'
import { PlaceField } from './PlaceField.tsx'

export const receives = (unit: Unit): boolean => unit.kind === 'station' || unit.kind === 'subBureau'

function CallField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const [blank] = useState(() => ({ id: newId(), channel: 'voice' }))
  const call = (control.value ?? blank) as { channel: string; number?: string; name?: string }
  const { set } = control
  const started = useRef(false)
  useEffect(() => {
    if (!started.current) set(blank)
    started.current = true
  }, [blank, set])
  const change = (part: object) => {
    const next = Object.entries({ ...call, ...part }).filter(([, value]) => value !== '')
    control.set(Object.fromEntries(next))
  }
  return (
    <div className="call-field">
      <select aria-label={t('field.channel')} value={call.channel} onChange={(event) => change({ channel: event.target.value })}>
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {t(`channel.${channel}`)}
          </option>
        ))}
      </select>
      <Input
        id={control.id}
        inputMode="tel"
        aria-label={t('field.number')}
        placeholder={t('field.number')}
        value={call.number ?? ''}
        onChange={(event) => change({ number: event.target.value })}
        autoFocus
      />
      <Input
        aria-label={t('field.name')}
        placeholder={t('field.name')}
        value={call.name ?? ''}
        onChange={(event) => change({ name: event.target.value })}
      />
    </div>
  )
}

const controls: FormHints['controls'] = {
  place: (control) => <PlaceField control={control} />,
  call: (control) => <CallField control={control} />,
}

/** Every action on an incident in the order of the work, with its key. */
export function useOffers(row: IncidentRow): readonly Offer[] {
  const units = useUnits()
  const sends = row.station ?? row.subBureau ?? row.bureau
  return useMemo<readonly Offer[]>(() => {
    const choice = unitOptions(units, receives)
    const stations = choice.filter((option) => units.find(option.value)?.kind === 'station')
    return [
      { type: 'sign', schema: commands.sign, key: 'Enter' },
      {
        type: 'locate',
        schema: commands.locate,
        key: 'l',
        hints: { units: choice, controls },
      },
      {
        type: 'assign',
        schema: commands.assign,
        key: 'a',
        hints: { controls: { officers: (control) => <OfficersField unit={sends} control={control} /> } },
      },
      { type: 'depart', schema: commands.depart, key: 'd' },
      { type: 'arrive', schema: commands.arrive, key: 'r' },
      { type: 'clear', schema: commands.clear, key: 'c' },
      { type: 'feedback', schema: commands.feedback, key: 'f', hints: { words: { measures: 'measure' } } },
      { type: 'close', schema: commands.close, key: 'x' },
      { type: 'urge', schema: commands.urge, key: 'u' },
      { type: 'note', schema: commands.note, key: 'n' },
      { type: 'addCall', schema: commands.addCall, key: 'm', hints: { controls } },
      { type: 'correct', schema: commands.correct, key: 'e' },
      { type: 'transfer', schema: commands.transfer, key: 't', hints: { units: stations } },
      { type: 'sendBack', schema: commands.sendBack, key: 'b' },
      { type: 'cancel', schema: commands.cancel, key: 'k' },
    ]
  }, [units, sends])
}
