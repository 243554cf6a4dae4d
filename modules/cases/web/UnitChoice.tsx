import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { readers } from '../rules.ts'

/** Whose records a list shows, where the reader has more than one unit to choose from. */
export function UnitChoice({ unit, choose }: { unit: string; choose: (unit: string) => void }) {
  const { t } = useTranslation()
  const { options } = useReached(readers)
  if (options.length < 2) return null
  return (
    <div className="unit-choice">
      <Combobox label={t('board.unit')} value={unit} options={options} onChange={choose} />
    </div>
  )
}
