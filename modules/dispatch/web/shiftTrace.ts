import type { TFunction } from 'i18next'
import { clockTime } from '#kernel/web/time.ts'
import type { Units } from '#kernel/web/units.ts'
import type { Event } from '../contract.ts'
import { shiftEvents } from '../contract/shift.ts'

/** The blanks of an entry's sentence, what is quoted, and the sentence where it is not the one of the event's type. */
export type Said = readonly [title: Record<string, string | number>, quote?: string | undefined, key?: string]
type ShiftEvent = Extract<Event, { type: keyof typeof shiftEvents }>

export const isOfShift = (event: Event): event is ShiftEvent => Object.hasOwn(shiftEvents, event.type)

/** What is wrong with the equipment, or that nothing is, and what was said about it. */
function checkText({ equipment, note }: Extract<Event, { type: 'handOverOffered' }>['data'], t: TFunction): string {
  const faults = equipment.filter(({ ok }) => !ok).map(({ item, note: why }) => `${t(`equipment.${item}`)} ${why ?? ''}`.trim())
  const checked = faults.length > 0 ? t('shift.faulty', { items: faults.join(t('shell.comma')) }) : t('shift.sound')
  return [checked, note].filter(Boolean).join(' · ')
}

export function saidOfShift(event: ShiftEvent, t: TFunction, units: Units): Said {
  switch (event.type) {
    case 'shiftStarted':
      return [{ unit: units.name(event.data.unit), people: event.data.people.map(({ name }) => name).join(t('shell.comma')) }]
    case 'shiftJoined':
    case 'shiftLeft':
      return [{ name: event.data.name }]
    case 'handOverOffered':
      return [{ name: event.data.to.name, count: event.data.open }, checkText(event.data, t)]
    case 'shiftTakenOver':
      return [{ name: event.data.to.name, from: event.data.from.name, count: event.data.open }]
    case 'shiftEnded':
      return [{}, event.data.reason]
    case 'deskSilent':
      return [{ unit: units.name(event.data.unit), time: clockTime(event.data.since), seconds: event.data.seconds }]
    case 'deskBack':
      return [{ unit: units.name(event.data.unit), time: clockTime(event.data.heard) }]
  }
}
