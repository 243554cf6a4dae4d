import { useTranslation } from 'react-i18next'
import { Tag } from '#kernel/web/Tag.tsx'
import type { IncidentRow } from '../contract.ts'

export function PriorityTag({ row }: { row: IncidentRow }) {
  const { t } = useTranslation()
  return <Tag tone={row.priority === 1 ? 'alarm' : row.priority === 2 ? 'warn' : 'calm'}>{t(`priority.${row.priority}`)}</Tag>
}
