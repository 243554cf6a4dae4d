import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Matter } from './matter.ts'

const kinds: ReadonlySet<Act['kind']> = new Set(['confirmSeizure', 'extendMeasure', 'disposeUnclaimed'])

/** Approvals about what the police still hold: they come to an end whatever has become of the matter. */
export function ofHeld({ books }: Matter, command: Command): boolean {
  if (command.type === 'requestApproval') return kinds.has(command.data.act.kind)
  if (command.type !== 'approve' && command.type !== 'declineApproval' && command.type !== 'withdrawRequest') return false
  const act = books.approvals.acts[command.data.request]
  return act !== undefined && kinds.has(act.kind)
}
