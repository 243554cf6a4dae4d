import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { nameIn } from './Choices.tsx'
import { type Fact, FactList } from './FactList.tsx'
import { remediesAgainst } from './remedies.ts'
import { destinationText } from './told.ts'
import type { Whole } from './whole.ts'

/** What was reported and by which way, whose it is, and what is proposed for it. */
export function Facts({ whole: { row, narrative, code, trace } }: { whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { happened, transfer, proposal } = row
  const facts: readonly Fact[] = [
    [t('report.narrative'), narrative],
    [t('report.nature'), t(`nature.${row.nature}`)],
    [
      t('report.from'),
      happened ? [happened.from, happened.until].flatMap((time) => (time === undefined ? [] : [dayTime(time)])).join(' – ') : null,
    ],
    [t('report.place'), row.place],
    [t('report.source'), `${t(`reportSource.${row.source}`)}${row.sender ? ` · ${row.sender}` : ''}`],
    [t('report.received'), dayTime(row.received)],
    [
      t('cases.unit'),
      row.unit === row.first ? units.name(row.unit) : `${units.name(row.unit)} (${t('cases.firstAt', { unit: units.name(row.first) })})`,
    ],
    [t('cases.officers'), row.officers.map(({ name }) => name).join(t('shell.comma')) || null],
    [t('cases.code'), code],
    [t('cases.transfer'), transfer ? `${destinationText(transfer.destination, units)} · ${transfer.reason} (${transfer.by})` : null],
    [
      t('cases.proposal'),
      proposal
        ? [
            t(`filingOutcome.${proposal.outcome}`),
            t(`caseKind.${proposal.caseKind}`),
            ...(proposal.ground ? [t(`filingGround.${proposal.ground}`)] : []),
            proposal.reason,
            proposal.by,
          ].join(' · ')
        : null,
    ],
    [t('cases.remedies'), remediesAgainst(trace, 'fileRefused', t)],
  ]
  return <FactList facts={facts} />
}

/** Whose a limit is: a person's of the case, or an officer's whose recusal was asked for. */
export const subjectIn =
  ({ persons, recusal }: Whole, t: TFunction) =>
  (subject: string): string =>
    nameIn(persons, t)(subject) || (recusal.find(({ officer }) => officer.account === subject)?.officer.name ?? '')
