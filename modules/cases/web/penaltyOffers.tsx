import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Offer } from '#kernel/web/Actions.tsx'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { serverNow } from '#kernel/web/time.ts'
import { commands, type OnSuspect, type PenaltyRow, type PersonRow } from '../contract.ts'
import { decisionCommands, reviewItems } from '../contract/decision.ts'
import { executionCommands, guarantees } from '../contract/execution.ts'
import { requestOffer } from './requestOffers.ts'
import { nextInSettling, settlingOffers, spotOffers } from './settlingOffers.tsx'

type Finding = { readonly item: (typeof reviewItems)[number]; readonly finding: string }

/** One line for each item of a review, under what was found of it the last time; what stands empty is no finding. */
function FindingsField({ control, before }: { control: Control; before: readonly Finding[] }) {
  const { t } = useTranslation()
  const found = (control.value as readonly Finding[] | undefined) ?? []
  const set = (item: Finding['item'], finding: string) =>
    control.set(reviewItems.flatMap((one) => (one === item ? [{ item, finding }] : found.filter((other) => other.item === one))))
  return (
    <div className="findings">
      {reviewItems.map((item, index) => (
        <label key={item}>
          <span>{t(`reviewItem.${item}`)}</span>
          {before.map((last) =>
            last.item === item ? (
              <small key={item}>
                {t('cases.lastFound')} {last.finding}
              </small>
            ) : null,
          )}
          <Input.TextArea
            id={index === 0 ? control.id : undefined}
            rows={2}
            value={found.find((one) => one.item === item)?.finding ?? ''}
            onChange={({ target }) => set(item, target.value)}
          />
        </label>
      ))}
    </div>
  )
}
const fitFindings = (data: Readonly<Record<string, unknown>>) => ({
  ...data,
  findings: ((data['findings'] as readonly Finding[] | undefined) ?? []).filter(({ finding }) => finding.trim() !== ''),
})

/** To the suspect, or a copy to one of the victims. */
function ToField({ control, whom }: { control: Control; whom: readonly PersonRow[] }) {
  const { t } = useTranslation()
  return (
    <span className="choices" role="radiogroup" aria-labelledby={`${control.id}-label`}>
      {whom.map(({ id, personName, described }) => (
        <label key={id} className={control.value === id ? 'choice on' : 'choice'}>
          <input type="radio" name={control.id} checked={control.value === id} onChange={() => control.set(id)} />
          {personName ?? described ?? t('cases.hiddenName')}
        </label>
      ))}
    </span>
  )
}

const hints: Readonly<Partial<Record<OnSuspect, FormHints>>> = {
  draftPenalty: { words: { penalties: 'penaltyKind', exception: 'penaltyException' } },
  noticePenalty: { words: { path: 'noticePath' }, initial: { path: 'told' } },
  recordDefence: { words: { said: 'defence' } },
  hearingWish: { words: { wish: 'hearingWish' } },
  answerHearing: { words: { answer: 'hearingAnswer' } },
  arrangeHearing: { controls: { on: (control) => <Moment {...control} /> } },
  endHearing: { words: { course: 'hearingCourse' } },
  tellOfDetention: { words: { family: 'familyContact' } },
  askSuspension: { words: { suspension: 'suspensionCause' } },
}
const { closeCase: _whole, ...executed } = executionCommands
const steps = Object.keys({ ...decisionCommands, ...executed }) as OnSuspect[]

const reviewHints = ({ penalty }: PenaltyRow): FormHints => ({
  words: { conclusion: 'reviewConclusion' },
  controls: { findings: (control) => <FindingsField control={control} before={penalty?.review?.findings ?? []} /> },
  fit: fitFindings,
})
/** What was drafted stands in the form when it is drafted anew. */
const draftHints = ({ penalty }: PenaltyRow): FormHints => ({ ...hints.draftPenalty, ...(penalty && { initial: penalty.draft }) })
const bond = { guarantee: z.enum(guarantees), guarantor: z.string().optional(), bond: z.int().optional() }

/** Every step with one suspect in the order of the work. `whom`: who is given the decision; `unit`: that has the case. */
export function penaltyOffers(row: PenaltyRow, whom: readonly PersonRow[], unit: string): readonly Offer[] {
  const { person } = row
  const offer = (type: OnSuspect, more?: FormHints): Offer => ({
    type,
    schema: (commands[type] as z.ZodObject<{ person: z.ZodType }>).omit({ person: true }),
    beside: { person },
    ...(more && { hints: more }),
  })
  const serve: FormHints = {
    words: { service: 'serviceWay' },
    controls: { to: (control) => <ToField control={control} whom={whom} /> },
    initial: whom[0] ? { to: whom[0].id } : {},
  }
  const own: typeof hints = { ...hints, draftPenalty: draftHints(row), reviewPenalty: reviewHints(row), serveDecision: serve }
  // What somebody must approve stands before the step that goes on with it.
  const approvals: Readonly<Partial<Record<OnSuspect, Offer>>> = {
    serveDecision: requestOffer('decidePenalty', {}, {}, { person }),
    payFine: requestOffer('deferFine', { days: z.int().min(1).max(365) }, {}, { person }),
    refuseSuspension: requestOffer('suspendDetention', bond, { words: { guarantee: 'guarantee' } }, { person }),
  }
  const course = steps.flatMap((type) => [...(approvals[type] ? [approvals[type]] : []), offer(type, own[type])])
  return [...settlingOffers(person, unit), ...spotOffers(person, unit), ...course]
}

/** What the law asks for next; what was done already is not called for again. */
export function nextWith({ penalty, execution, mediation }: PenaltyRow): readonly string[] {
  const settling = nextInSettling(mediation)
  if (settling !== null) return settling
  if (penalty === null) return ['draftPenalty']
  const heard = penalty.defence === null ? ['recordDefence'] : []
  const review = penalty.review?.state === 'asked' ? ['reviewPenalty'] : []
  // One that is arranged is waited for; only then it is ended, unless he gives it up before.
  const due = penalty.hearing?.on != null && Date.parse(penalty.hearing.on) <= serverNow()
  const hearing = penalty.hearing?.state === 'arranged' ? (due ? ['endHearing'] : []) : ['answerHearing', 'arrangeHearing']
  const wish = penalty.notice?.hearing === true && penalty.hearing === null ? ['hearingWish'] : []
  // What comes out of a hearing is reviewed after it.
  const discuss =
    penalty.draft.complex === true && penalty.review?.state === 'passed' && penalty.discussed === null ? ['discussPenalty'] : []
  const hears = ['asked', 'accepted', 'arranged'].includes(penalty.hearing?.state ?? '') ? [] : ['askReview']
  const before = [...hearing, ...review, 'noticePenalty', ...heard, ...wish, ...discuss, 'act:decidePenalty', ...hears]
  return execution === null
    ? before
    : [
        'serveDecision',
        'reportOnTheSpot',
        'turnInFine',
        'bankFine',
        'tellOfDetention',
        'deliverDetainee',
        'payFine',
        'recordExecution',
        'answerDoubt',
      ]
}
