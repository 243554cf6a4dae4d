import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { Empty } from '#kernel/web/States.tsx'
import { Tag, type Tone } from '#kernel/web/Tag.tsx'
import type { Fault } from '../import/fault.ts'
import type { Act, Line } from '../import/plan.ts'

/** The sentence of a fault, in the reader's words. */
export function useFault(): (fault: Fault) => string {
  const { t } = useTranslation()
  return useCallback(({ key, field, values }) => t(key, { ...values, ...(field && { field: t(`import.column.${field}`) }) }), [t])
}

/** Red is for the one count above the list. */
const tones: Readonly<Record<Act, Tone>> = { wrong: 'warn', wait: 'calm', make: 'good', change: 'good', keep: 'calm' }

const idOf = (row: Line): string => String(row.line)

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation()
  const say = useFault()
  return useMemo(
    () => [
      { id: 'line', header: t('import.lineColumn'), width: '64px', right: true, cell: (row) => <span className="num">{row.line}</span> },
      {
        id: 'act',
        header: t('import.actColumn'),
        width: '112px',
        cell: (row) => <Tag tone={tones[row.act]}>{t(`import.act.${row.act}`)}</Tag>,
      },
      { id: 'subject', header: t('import.subject'), width: '170px', cell: (row) => <span className="num">{row.subject}</span> },
      { id: 'name', header: t('import.nameColumn'), width: 'minmax(0, 200px)', cell: (row) => <b>{row.name}</b> },
      {
        id: 'said',
        header: t('import.said'),
        width: 'minmax(0, 1fr)',
        cell: (row) => [...row.faults, ...row.notes].map(say).join(' ') || <Will row={row} />,
      },
    ],
    [t, say],
  )
}

/** The commands that a line comes to. */
function Will({ row }: { row: Line }) {
  const { t } = useTranslation()
  const words = [
    ...row.steps.map(({ type }) => t(`action.${type}`)),
    ...row.left.map(({ type, office }) => t('import.by', { action: t(`action.${type}`), role: t(`role.${office}`) })),
  ]
  return <span className="muted">{words.join(t('shell.comma'))}</span>
}

/** One line in full, where its sentences have room. */
function Whole({ row }: { row: Line }) {
  const { t } = useTranslation()
  const say = useFault()
  return (
    <div className="import-line" role="status">
      <p>
        <b>{t('import.line', { line: row.line })}</b> {row.subject} {row.name}
      </p>
      <ul>
        {[...row.faults, ...row.notes].map((fault) => (
          <li key={`${fault.key} ${fault.field ?? ''}`}>{say(fault)}</li>
        ))}
      </ul>
      <Will row={row} />
    </div>
  )
}

export function Lines({ rows }: { rows: readonly Line[] }) {
  const { t } = useTranslation()
  const say = useFault()
  const columns = useColumns()
  const [chosen, choose] = useState<string | undefined>(undefined)
  const row = rows.find((one) => idOf(one) === chosen)
  return (
    <>
      <Grid
        label={t('import.lines')}
        rows={rows}
        id={idOf}
        columns={columns}
        chosen={chosen}
        choose={(line) => choose(idOf(line))}
        tone={(line) => (line.act === 'keep' ? 'quiet' : undefined)}
        empty={<Empty title={t('import.noLines')} />}
        narrow={(line) => (
          <>
            <div>
              <span className="text">
                <span className="num">{line.line}</span> <b>{line.name || line.subject}</b>
              </span>
              <Tag tone={tones[line.act]}>{t(`import.act.${line.act}`)}</Tag>
            </div>
            <div>
              <span className="text">{[...line.faults, ...line.notes].map(say).join(' ') || line.subject}</span>
            </div>
          </>
        )}
      />
      {row ? <Whole row={row} /> : null}
    </>
  )
}
