import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { Acts, IncidentLanes, Trace, useIncident, WithIncident } from './Detail.tsx'
import { useKinds } from './kinds.ts'
import { PriorityTag } from './PriorityTag.tsx'
import { placeText } from './trace.ts'

/** The incident beside the board: what it is, its two lanes, its line, and what may be done now. */
export function BoardDetail({ id }: { id: string | undefined }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const view = useIncident(id)
  if (id === undefined)
    return (
      <section className="panel" aria-label={t('board.detail')}>
        <Empty title={t('board.nothingChosen')}>{t('board.nothingChosenHow')}</Empty>
      </section>
    )
  return (
    <section className="panel detail" aria-label={t('board.detail')}>
      <WithIncident view={view}>
        {(whole) => (
          <>
            <div className="panel-head">
              <h2>
                {t('incident.title')} <span className="num">{whole.row.number}</span>
              </h2>
              <PriorityTag row={whole.row} />
              {whole.row.imported ? <Tag tone="calm">{t('source.imported')}</Tag> : null}
              <span className="grow" />
              <Link to={`/incident/${whole.row.id}`}>{t('trace.count', { count: whole.trace.length })}</Link>
            </div>
            <div className="panel-body pad" tabIndex={0}>
              <p className="narrative">
                <b>{kinds.name(whole.row.kind)}</b> {whole.row.narrative}
              </p>
              <p className="where">{placeText(whole.row.place, t)}</p>
              <IncidentLanes row={whole.row} />
              <Trace whole={whole} />
            </div>
            <Acts whole={whole} again={view.again} />
          </>
        )}
      </WithIncident>
    </section>
  )
}
