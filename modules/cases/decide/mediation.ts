import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import { type Mediation, mediationCommands, type mediationEvents } from '../contract/mediation.ts'
import type { Book } from './book.ts'
import { begun, met } from './limits.ts'
import type { Matter } from './matter.ts'
import type { About } from './penalty.ts'
import { agree, breakAgreement, failMediation, keepAgreement, openMediation } from './settling.ts'

type Own = keyof typeof mediationCommands
type OwnEvent = Extract<Recorded<Event>, { type: keyof typeof mediationEvents }>
/** By the suspect whose act is settled. */
type Mediations = Matter['books']['mediation']

const blank = { firstFailed: null, failure: null, terms: null, performBy: null, officers: [], place: null, guardian: null, settledBy: null }

function agreedOn(before: Mediation, { at, data }: About<'agreed'>): Mediation {
  if (data === null) return before
  const { terms, officers, place, guardian = null, limits } = data
  return { ...before, state: 'agreed', terms, officers, place, guardian, performBy: limits[0]?.due ?? at }
}

function changed(before: Mediation | undefined, event: OwnEvent): Mediation | undefined {
  if (event.data === null) return before
  if (event.type === 'mediationOpened') {
    const { mediationCause, round } = event.data
    return { ...blank, state: 'open', mediationCause, round, firstFailed: before?.firstFailed ?? null }
  }
  if (event.type === 'settlementAccepted') {
    const { mediationCause, settledBy, terms } = event.data
    return { ...blank, round: 1, ...before, state: 'kept', mediationCause, settledBy, terms }
  }
  if (before === undefined) return before
  switch (event.type) {
    case 'agreed':
      return agreedOn(before, event)
    case 'mediationFailed':
      return { ...before, state: 'failed', failure: event.data.failure, firstFailed: before.firstFailed ?? event.at }
    case 'agreementKept':
      return { ...before, state: 'kept' }
    case 'agreementBroken':
      return { ...before, state: 'broken' }
  }
}

const types: ReadonlySet<string> = new Set<keyof typeof mediationEvents>([
  'mediationOpened',
  'agreed',
  'mediationFailed',
  'agreementKept',
  'agreementBroken',
  'settlementAccepted',
])
const isOwn = (event: Recorded<Event>): event is OwnEvent => types.has(event.type)

/** With the last suspect nothing is left to be decided, until an agreement is broken. */
const rested = (limits: MatterRow['limits'], last: boolean): MatterRow['limits'] => (last ? met(limits, ['dec-limit']) : limits)

function limitsAfter({ row }: Matter, event: OwnEvent): MatterRow['limits'] {
  const { limits, unit } = row
  if (event.data === null) return limits
  const { person } = event.data
  switch (event.type) {
    case 'mediationOpened':
      return begun(limits, event.data.limits, unit, person)
    case 'agreed':
      return begun(rested(met(limits, ['med-times'], person), event.data.last), event.data.limits, unit, person)
    case 'mediationFailed':
      return begun(met(limits, ['med-times'], person), event.data.limits, unit)
    case 'agreementKept':
      return met(limits, ['med-settle.kept'], person)
    case 'agreementBroken':
      return begun(met(limits, ['med-settle.kept'], person), event.data.limits, unit)
    case 'settlementAccepted':
      return rested(limits, event.data.last)
  }
}

/** 治安调解: each suspect's act settled with those who suffered by it, or not. */
export const mediation: Book<Mediations, Own> = {
  initial: {},
  commands: Object.keys(mediationCommands) as Own[],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'openMediation':
        return openMediation(matter, command.data, asked)
      case 'agree':
        return agree(matter, command.data, asked)
      case 'failMediation':
        return failMediation(matter, command.data, asked)
      case 'keepAgreement':
        return keepAgreement(matter, command.data, asked)
      case 'breakAgreement':
        return breakAgreement(matter, command.data, asked)
    }
  },
  evolve(slice, event) {
    if (!isOwn(event) || event.data === null) return slice
    const { person } = event.data
    const after = changed(slice[person], event)
    return after === undefined ? slice : { ...slice, [person]: after }
  },
  row: (matter, event) => (isOwn(event) ? { limits: limitsAfter(matter, event) } : {}),
}
