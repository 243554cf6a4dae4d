import { Button, Drawer } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { articleSaid } from '#kernel/statute/told.ts'
import type { Failure } from './api.ts'
import { failed } from './api.ts'
import { useCommand } from './command.ts'
import { fieldsOf } from './fields.ts'
import { Form, type FormHints } from './Form.tsx'
import { free } from './keys.ts'
import { useNarrow } from './screen.ts'
import { useSentence } from './States.tsx'
import { Key, Sign } from './Tag.tsx'
import { useTongue } from './tongue.ts'

/** A command as a screen offers it. Its name stands in `words` under `action.<type>`, or `action.<word>` where another module has a command of that type. */
export interface Offer {
  readonly type: string
  readonly word?: string
  /** The name by which `can` and `next` know it, where a record offers one command in several ways; its type otherwise. */
  readonly as?: string
  /** What goes with the command beside what is asked for, as it is when it is sent. */
  readonly beside?: object
  /** From what was asked for to what is sent, where the command holds it in another shape. */
  readonly sent?: (data: object) => object
  /** Where it is not the record's own stream, such as of one that it begins. */
  readonly stream?: string
  readonly schema: z.ZodType
  readonly key?: string
  /** What is done, said before it is: then also what asks for nothing waits for a second step. */
  readonly confirm?: string
  readonly hints?: FormHints
}
/** Allowed, or the rule that says no with the values of its sentence. */
export type Can = Readonly<Partial<Record<string, true | No>>>
export interface No {
  readonly rule: string
  readonly values?: Readonly<Record<string, string | number>>
  readonly article?: string | undefined
}
const known = ({ type, as = type }: Offer): string => as
const nameOf = ({ type, word = type }: Offer): string => `action.${word}`
export const useReason = (): ((no: true | No | undefined) => string) => {
  const { t } = useTranslation()
  const { say } = useTongue()
  return (no) => {
    if (no === undefined || no === true) return ''
    const sentence = t(`refusal.${no.rule}`, { ...no.values })
    return no.article === undefined ? sentence : `${sentence} ${articleSaid(no.article, say)}`
  }
}

interface Props {
  readonly module: string
  readonly stream: string
  readonly can: Can
  /** In the order of the work. */
  readonly offers: readonly Offer[]
  /** The next steps of the record, the first allowed one is the big button. */
  readonly next?: readonly string[]
  readonly done?: (type: string) => void
}

const keyName = (key: string): string => (key.length > 1 ? key : key.toUpperCase())

function useSending({ module, stream, offers, done }: Props) {
  const { busy, send } = useCommand()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [open, setOpen] = useState<Offer | null>(null)
  const back = useRef<HTMLElement | null>(null)
  const give = async (offer: Offer, data: unknown): Promise<Failure | null> => {
    const { beside, sent, stream: of = stream } = offers.find((one) => known(one) === known(offer)) ?? offer
    const answer = await send({
      module,
      stream: of,
      type: offer.type,
      data: { ...(sent?.(data as object) ?? (data as object)), ...beside },
    })
    if (failed(answer)) return answer
    setOpen(null)
    setFailure(null)
    done?.(offer.type)
    return null
  }
  const start = (offer: Offer) => {
    if (offer.confirm !== undefined || fieldsOf(offer.schema).length > 0) {
      // The keys go on working where the hands were before the drawer.
      back.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
      return setOpen(offer)
    }
    if (!busy) void give(offer, {}).then(setFailure)
  }
  return { busy, failure, setFailure, open, setOpen, give, start, back }
}

function ActionButton({ offer, main, busy, start }: { offer: Offer; main: boolean; busy: boolean; start: () => void }) {
  const { t } = useTranslation()
  return (
    <Button
      type={main ? 'primary' : 'default'}
      size={main ? 'large' : 'middle'}
      className={main ? 'action main' : 'action'}
      loading={busy && main}
      onClick={start}
      aria-keyshortcuts={offer.key}
    >
      {t(nameOf(offer))} {offer.key ? <Key>{keyName(offer.key)}</Key> : null}
    </Button>
  )
}

/** What is not possible now stays in sight, under the decision's own sentence. */
function Refused({ offers, can }: { offers: readonly Offer[]; can: Can }) {
  const { t } = useTranslation()
  const id = useId()
  const reason = useReason()
  if (offers.length === 0) return null
  const byReason = [...Map.groupBy(offers, (offer) => reason(can[known(offer)]))]
  return (
    <details className="refused">
      <summary>{t('action.notNow', { count: offers.length })}</summary>
      <ul>
        {byReason.map(([sentence, alike], index) => (
          <li key={sentence}>
            <span id={`${id}-${index}`}>{sentence}</span>
            <span className="refused-names">
              {alike.map((offer) => (
                <Button key={known(offer)} size="small" aria-disabled="true" aria-describedby={`${id}-${index}`}>
                  {t(nameOf(offer))}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Everything the reader's roles may ask for: allowed, or not now and why. Waits for the server; nothing looks done before it is. */
export function Actions(props: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const sentence = useSentence()
  const { busy, failure, setFailure, open, setOpen, give, start, back } = useSending(props)
  const asked = props.offers.filter((offer) => props.can[known(offer)] !== undefined)
  const may = asked.filter((offer) => props.can[known(offer)] === true)
  const main = props.next?.find((type) => props.can[type] === true)
  const allowed = [...may.filter((offer) => known(offer) === main), ...may.filter((offer) => known(offer) !== main)]
  const held = useRef({ allowed, start })
  held.current = { allowed, start }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const offer = free(event) ? held.current.allowed.find((one) => one.key?.toLowerCase() === event.key.toLowerCase()) : undefined
      if (!offer) return
      event.preventDefault()
      held.current.start(offer)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  // Another record starts without the last one's answer
  useEffect(() => setFailure(null), [props.stream, setFailure])
  if (asked.length === 0) return null
  return (
    <div className="actions">
      <p className="problem" role="alert">
        {failure ? (
          <>
            <Sign tone="alarm" /> {sentence(failure)} {failure.article}
          </>
        ) : null}
      </p>
      <div className="action-row">
        {allowed.map((offer) => (
          <ActionButton key={known(offer)} offer={offer} main={known(offer) === main} busy={busy} start={() => start(offer)} />
        ))}
      </div>
      <Refused offers={asked.filter((offer) => props.can[known(offer)] !== true)} can={props.can} />
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        afterOpenChange={(shown) => (shown ? undefined : back.current?.focus())}
        title={open ? t(nameOf(open)) : ''}
        placement={narrow ? 'bottom' : 'right'}
        size={narrow ? '85%' : 480}
        getContainer="#drawers"
        // The form's first field takes the keyboard, not the drawer around it.
        autoFocus={false}
        destroyOnHidden
      >
        {open?.confirm === undefined ? null : <p className="narrative">{open.confirm}</p>}
        {open ? (
          <Form
            schema={open.schema}
            {...open.hints}
            submit={t(nameOf(open))}
            busy={busy}
            send={(data) => give(open, data)}
            cancel={() => setOpen(null)}
          />
        ) : null}
      </Drawer>
    </div>
  )
}
