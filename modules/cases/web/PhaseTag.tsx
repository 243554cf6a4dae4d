import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from '#kernel/web/Tag.tsx'
import type { Phase } from '../contract/parts.ts'

const tones: Record<Phase, Tone> = {
  reported: 'line',
  undetermined: 'warn',
  transferring: 'warn',
  notPolice: 'calm',
  handedOver: 'calm',
  accepted: 'line',
  proposed: 'warn',
  filed: 'good',
  refused: 'calm',
  noticed: 'warn',
  reviewing: 'warn',
  decided: 'good',
  served: 'good',
  closed: 'calm',
  terminated: 'calm',
}
export function PhaseTag({ phase }: { phase: Phase }) {
  const { t } = useTranslation()
  return <Tag tone={tones[phase]}>{t(`matterPhase.${phase}`)}</Tag>
}
