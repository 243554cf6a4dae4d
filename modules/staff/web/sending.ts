import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure, failed, newId, readView } from '#kernel/web/api.ts'
import { deliver } from '#kernel/web/command.ts'
import { views } from '#kernel/web/live.ts'
import { save } from '#kernel/web/save.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import type { Views } from '../contract.ts'
import type { Fault } from '../import/fault.ts'
import { csvOf, passwordBytes, passwordFrom } from '../import/password.ts'
import type { Step } from '../import/plan.ts'
import type { Kind } from '../import/kinds.ts'
import { namesOf, type Prepared, prepare } from '../import/prepare.ts'
import { type Outcome, run } from '../import/run.ts'
import { mostBytes } from '../import/text.ts'

/** From choosing a file to what came of it. */
export type Stage =
  | { readonly at: 'choosing' }
  | { readonly at: 'reading'; readonly file: string }
  | { readonly at: 'unread'; readonly file: string; readonly fault: Fault | Failure }
  | { readonly at: 'planned'; readonly file: string; readonly plan: Prepared }
  | { readonly at: 'sending'; readonly file: string; readonly plan: Prepared; readonly done: number; readonly total: number }
  | { readonly at: 'ended'; readonly file: string; readonly plan: Prepared; readonly outcome: Outcome<Failure> }

async function read<Name extends keyof Views>(name: Name, query: Readonly<Record<string, string>>): Promise<Views[Name]> {
  const answer = await readView<Views[Name]>('staff', name, query)
  if (failed(answer)) throw answer
  return answer.data
}

/** Passwords for the first log-in, by login, and how they are handed over: the browser has the file before anything is sent. */
function passwordsFor(plan: Prepared): { readonly of: ReadonlyMap<string, string>; readonly save: (() => void) | null } {
  const opening = plan.lines.flatMap(({ steps }) => steps).filter(({ type }) => type === 'openAccount')
  const rows = opening.map(({ data }) => {
    const password = passwordFrom(crypto.getRandomValues(new Uint8Array(passwordBytes)))
    return [String(data['login']), String(data['name']), password] as const
  })
  const text = csvOf([['login', 'name', 'password'], ...rows])
  return {
    of: new Map(rows.map(([login, , password]) => [login, password])),
    save: rows.length > 0 ? () => save('passwords.csv', new Blob([text], { type: 'text/csv' })) : null,
  }
}

/** A tab that closes in the middle leaves the rest undone: the browser asks first. */
function useGuard(sending: boolean): void {
  useEffect(() => {
    if (!sending) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [sending])
}

/** Twenty thousand lines are not drawn twenty thousand times. */
const drawMs = 150
const stopped = new Failure(0, { code: 'stopped' })

/** One import: the dry run of a file, then its commands one by one through the interface that everybody uses. */
export function useImport(kind: Kind) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const [stage, set] = useState<Stage>({ at: 'choosing' })
  const [savePasswords, setSave] = useState<(() => void) | null>(null)
  const stop = useRef(false)
  useGuard(stage.at === 'sending')
  // Who leaves the page stops the import; what is under way is finished.
  useEffect(() => () => void (stop.current = true), [])
  const choose = async (file: File) => {
    set({ at: 'reading', file: file.name })
    try {
      const most = mostBytes[kind === 'boundaries' ? 'geojson' : 'csv']
      const bytes = new Uint8Array(await file.slice(0, most + 1).arrayBuffer())
      const plan = await prepare(kind, bytes, {
        read,
        offices: {
          systemAdministrator: unitsOf(me, ['systemAdministrator']),
          securityAdministrator: unitsOf(me, ['securityAdministrator']),
        },
        names: namesOf(t, i18n.getFixedT('zh-CN')),
        reason: t('import.reason', { file: file.name.slice(-200) }),
        idOf: newId,
      })
      set('fault' in plan ? { at: 'unread', file: file.name, fault: plan.fault } : { at: 'planned', file: file.name, plan: plan.value })
    } catch (error) {
      set({ at: 'unread', file: file.name, fault: error instanceof Failure ? error : new Failure(0, { code: 'fault' }) })
    }
  }
  const send = async (file: string, plan: Prepared) => {
    const passwords = passwordsFor(plan)
    passwords.save?.()
    setSave(() => passwords.save)
    stop.current = false
    const total = plan.lines.filter(({ steps }) => steps.length > 0).length
    set({ at: 'sending', file, plan, done: 0, total })
    const give = async ({ stream, type, data }: Step): Promise<Failure | null> => {
      if (stop.current) return stopped
      const secret = type === 'openAccount' ? { password: passwords.of.get(String(data['login'])) } : {}
      const answer = await deliver(newId(), { module: 'staff', stream, type, data: { ...data, ...secret } })
      return failed(answer) ? answer : null
    }
    let drawn = 0
    const outcome = await run(plan.lines, give, (done) => {
      if (performance.now() - drawn < drawMs) return
      drawn = performance.now()
      set({ at: 'sending', file, plan, done, total })
    })
    void views.invalidateQueries({ queryKey: ['staff'] })
    set({ at: 'ended', file, plan, outcome })
  }
  return { stage, choose, send, savePasswords, halt: () => void (stop.current = true), restart: () => set({ at: 'choosing' }) }
}
