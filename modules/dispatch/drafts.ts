import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader, SignalTools } from '#kernel/module.ts'
import type { Draft, signals, Views } from './contract.ts'
import { draftHours } from './rules.ts'

const drafterText = "select set_config('plumbline.drafter', $1, true)"
const forgetText = `select dispatch.forget_drafts($1::timestamptz - ${draftHours} * interval '1 hour')`
const putText = `
  insert into dispatch.signal_draft as d (account, incident, content, at) values ($1, $2, $3, $4)
  on conflict (account) do update set incident = excluded.incident, content = excluded.content, at = excluded.at where d.at <= excluded.at`
const endText = 'delete from dispatch.signal_draft where account = $1'

/** Keeps what stands in the giver's form, or that nothing does. */
export const keepDraft =
  (tools: SignalTools) =>
  async ({ draft }: z.infer<typeof signals.draft>, { person, now }: Reader): Promise<void> => {
    const { account } = person
    await tools.keep([
      { text: drafterText, values: [account] },
      { text: forgetText, values: [now] },
      draft === null
        ? { text: endText, values: [account] }
        : { text: putText, values: [account, draft.incident, JSON.stringify(draft), now] },
    ])
  }

// One whose incident has been opened was sent, whatever the screen has heard of it.
const readText = `
  select content as draft, at from dispatch.signal_draft d
  where at > $1::timestamptz - ${draftHours} * interval '1 hour' and not exists (select from dispatch.incident i where i.id = d.incident)`

const input = z.strictObject({})
export const draft = {
  input,
  roles: ['callTaker'],
  reads: 'board',
  async read(tx: Tx, _: z.infer<typeof input>, { person, now }: Reader): Promise<{ data: Views['draft'] }> {
    const [, [found]] = await Promise.all([
      tx.query(drafterText, [person.account]),
      tx.query<{ draft: Draft; at: string }>(readText, [now]),
    ])
    return { data: found ?? { draft: null, at: null } }
  },
} as const
