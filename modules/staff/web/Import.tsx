import { Button } from 'antd'
import { type DragEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '#kernel/web/api.ts'
import { useAddress } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { Loading, useSentence } from '#kernel/web/States.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { language } from '#kernel/web/words.ts'
import { examples } from '../import/examples.ts'
import type { Fault } from '../import/fault.ts'
import { type Act, count, type Line, type Office } from '../import/plan.ts'
import { type Kind, kinds } from '../import/kinds.ts'
import type { Prepared } from '../import/prepare.ts'
import { Lines, useFault } from './ImportLines.tsx'
import { importSearch } from './search.ts'
import { type Stage, useImport } from './sending.ts'
import './staff.css'

function Kinds({ kind, change }: { kind: Kind; change: (kind: Kind) => void }) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <span className="choices" role="radiogroup" aria-label={t('import.what')}>
      {kinds.map((one) => (
        <label key={one} className={one === kind ? 'choice on' : 'choice'}>
          <input type="radio" name={name} checked={one === kind} onChange={() => change(one)} />
          {t(`import.kind.${one}`)}
        </label>
      ))}
    </span>
  )
}

/** A file comes by hand or by mouse; the field itself is what the keyboard reaches. */
function Choose({ kind, choose }: { kind: Kind; choose: (file: File) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) choose(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      className={over ? 'file-drop over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        accept={kind === 'boundaries' ? '.geojson,.json,application/geo+json' : '.csv,.txt,text/csv'}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <b>{t('import.choose')}</b>
      <span className="muted">{t('import.drop')}</span>
    </label>
  )
}

/** What such a file looks like. */
function How({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const { han, latin } = examples[kind]
  return (
    <div className="import-how">
      <p>{t(`import.how.${kind}`)}</p>
      <pre>{language().startsWith('zh') ? han : latin}</pre>
      <p className="muted">{t('import.encodings')}</p>
    </div>
  )
}

const order: readonly Act[] = ['wrong', 'wait', 'make', 'change', 'keep']

function Counts({ lines, only, pick }: { lines: readonly Line[]; only: Act | undefined; pick: (act: Act | undefined) => void }) {
  const { t } = useTranslation()
  const sum = count(lines)
  return (
    <div className="offices" role="group" aria-label={t('import.counts')}>
      {order
        .filter((act) => sum[act] > 0)
        .map((act) => (
          <Button
            key={act}
            size="small"
            type={act === only ? 'primary' : 'default'}
            aria-pressed={act === only}
            onClick={() => pick(act === only ? undefined : act)}
          >
            {t(`import.act.${act}`)} <b className="num">{sum[act]}</b>
          </Button>
        ))}
    </div>
  )
}

const other: Readonly<Record<Office, Office>> = {
  systemAdministrator: 'securityAdministrator',
  securityAdministrator: 'systemAdministrator',
}

/** What is left for the other office: it imports the same file. */
function Left({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const left = lines.flatMap((line) => line.left).length
  const mine: Office = holds(me, ['systemAdministrator']) ? 'systemAdministrator' : 'securityAdministrator'
  if (left === 0) return null
  return (
    <p className="muted">
      <Sign tone="warn" /> {t('import.left', { count: left, role: t(`role.${other[mine]}`) })}
    </p>
  )
}

function Progress({ stage, halt }: { stage: Extract<Stage, { at: 'sending' }>; halt: () => void }) {
  const { t } = useTranslation()
  const said = t('import.sending', { done: stage.done, total: stage.total })
  return (
    <div className="import-send">
      <progress value={stage.done} max={stage.total} aria-label={said} />
      <span className="num">{said}</span>
      <Button onClick={halt}>{t('import.halt')}</Button>
    </div>
  )
}

function Ended({ stage, again }: { stage: Extract<Stage, { at: 'ended' }>; again: () => void }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { stopped, lines, commands } = stage.outcome
  return (
    <div className="import-end" role="status">
      <p>
        <Sign tone={stopped ? 'warn' : 'good'} /> <b>{t('import.sent', { lines, commands })}</b>
      </p>
      {stopped ? (
        <p role="alert">
          {t('import.line', { line: stopped.line.line })} {stopped.line.subject} {sentence(stopped.why)} {t('import.stopped')}
        </p>
      ) : null}
      <div className="action-row">
        <Button onClick={again}>{t('import.another')}</Button>
      </div>
    </div>
  )
}

function Planned({
  stage,
  importing,
}: {
  stage: Exclude<Stage, { at: 'choosing' | 'reading' | 'unread' }>
  importing: ReturnType<typeof useImport>
}) {
  const { t } = useTranslation()
  const { plan, file } = stage
  const [only, pick] = useState<Act | undefined>(undefined)
  const rows = useMemo(() => sorted(plan, only), [plan, only])
  const sum = count(plan.lines)
  const lines = plan.lines.filter(({ steps }) => steps.length > 0).length
  return (
    <>
      <div className="import-plan">
        <p role="status">
          <b>{file}</b> {t('import.readAs', { encoding: plan.encoding, count: plan.lines.length })}{' '}
          {plan.unread.length > 0 ? t('import.unread', { columns: plan.unread.join(t('shell.comma')) }) : null}
        </p>
        <Counts lines={plan.lines} only={only} pick={pick} />
        <Left lines={plan.lines} />
        {stage.at === 'planned' && sum.wrong > 0 ? (
          <p role="alert">
            <Sign tone="alarm" /> {t('import.mend', { count: sum.wrong })}
          </p>
        ) : null}
        {stage.at === 'planned' ? (
          <div className="action-row">
            {sum.wrong === 0 && lines > 0 ? (
              <Button type="primary" onClick={() => void importing.send(file, plan)}>
                {t('import.send', { count: lines })}
              </Button>
            ) : null}
            <Button onClick={importing.restart}>{t('import.another')}</Button>
          </div>
        ) : null}
        {stage.at === 'sending' ? <Progress stage={stage} halt={importing.halt} /> : null}
        {stage.at === 'ended' ? <Ended stage={stage} again={importing.restart} /> : null}
        {importing.savePasswords && stage.at !== 'planned' ? (
          <p className="muted">
            {t('import.passwords')}{' '}
            <Button size="small" onClick={importing.savePasswords}>
              {t('import.passwordsAgain')}
            </Button>
          </p>
        ) : null}
      </div>
      <Lines rows={rows} />
    </>
  )
}

/** What is wrong stands first; within it the order of the file. */
const sorted = (plan: Prepared, only: Act | undefined): readonly Line[] =>
  plan.lines
    .filter(({ act }) => only === undefined || act === only)
    .toSorted((a, b) => order.indexOf(a.act) - order.indexOf(b.act) || a.line - b.line)

function Unread({ file, fault }: { file: string; fault: Fault | Failure }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const say = useFault()
  return (
    <p className="import-unread" role="alert">
      <Sign tone="alarm" /> <b>{file}</b> {fault instanceof Failure ? sentence(fault) : say(fault)} {t('import.nothing')}
    </p>
  )
}

/** Units, boundaries and people from files: looked through first, sent when nothing is wrong. */
export default function Import() {
  const { t } = useTranslation()
  const me = useMe()
  const [search, change] = useAddress(importSearch)
  const kind = search.kind ?? (holds(me, ['systemAdministrator']) ? 'units' : 'people')
  const importing = useImport(kind)
  const { stage } = importing
  const idle = stage.at === 'choosing' || stage.at === 'unread'
  return (
    <div className="columns">
      <section className="panel import" aria-label={t('import.title')}>
        <div className="panel-head">
          <h1>{t('import.title')}</h1>
          <span className="grow" />
          {idle ? <Kinds kind={kind} change={(next) => change({ kind: next })} /> : <small>{t(`import.kind.${kind}`)}</small>}
        </div>
        {stage.at === 'unread' ? <Unread file={stage.file} fault={stage.fault} /> : null}
        {idle ? (
          <div className="panel-body pad-staff">
            <Choose kind={kind} choose={(file) => void importing.choose(file)} />
            <How kind={kind} />
          </div>
        ) : null}
        {stage.at === 'reading' ? <Loading /> : null}
        {stage.at === 'planned' || stage.at === 'sending' || stage.at === 'ended' ? <Planned stage={stage} importing={importing} /> : null}
      </section>
    </div>
  )
}
