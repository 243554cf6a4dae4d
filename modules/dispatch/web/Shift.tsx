import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions, type Offer, useReason } from '#kernel/web/Actions.tsx'
import { type Failure, failed, newId } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Trouble, useSentence } from '#kernel/web/States.tsx'
import { unlock } from '#kernel/web/sound.ts'
import { Sign } from '#kernel/web/Tag.tsx'
import { briefTime, clockTime, serverNow } from '#kernel/web/time.ts'
import { commands, type Views } from '../contract.ts'
import type { AtHand, Offered } from '../contract/shift.ts'
import { shortNumber } from './BoardColumns.tsx'
import { useDesk, useOnShift } from './desk.ts'
import { useKinds } from './kinds.ts'
import { EquipmentField, SuccessorField } from './ShiftFields.tsx'
import './shift.css'

type Desk = Views['desk']

/** A command without a form: what is sent is known. Whoever takes a shift wants to hear its bell. */
function useGiving(again: () => void) {
  const { account } = useMe()
  const { busy, send } = useCommand()
  const [failure, setFailure] = useState<Failure | null>(null)
  const give = async (stream: string, type: string, data: object) => {
    void unlock(account)
    const answer = await send({ module: 'dispatch', stream, type, data })
    setFailure(failed(answer) ? answer : null)
    again()
  }
  return { busy, failure, give }
}

function State({ desk: { shift, screens } }: { desk: Desk }) {
  const { t } = useTranslation()
  if (shift === null)
    return (
      <span>
        <Sign tone="calm" /> {t('shift.none')}
      </span>
    )
  const names = shift.people.map(({ name }) => name).join(t('shell.comma'))
  return (
    <span>
      <Sign tone={shift.silent ? 'alarm' : 'good'} /> {t('shift.on', { names, time: briefTime(shift.since, serverNow()) })}
      {shift.silent ? ` · ${t('shift.silent')}` : ''}
      {shift.offer ? ` · ${t('shift.offered', { from: shift.offer.from.name, to: shift.offer.to.name })}` : ''}
      <small className="num"> · {t('shift.screens', { count: screens.alive })}</small>
    </span>
  )
}

/** What is open at the desk now: both who hand over and who take over read the same list. */
function Hand({ hand }: { hand: AtHand }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const dueOf = new Map(hand.clocks.map((clock) => [clock.incident, clock]))
  const more = hand.open - hand.incidents.length
  if (hand.open === 0) return <p className="nothing">{t('shift.nothing')}</p>
  return (
    <>
      <p>
        <b>{t('shift.open', { count: hand.open })}</b> · {t('shift.clocks', { count: hand.clocks.length })}
      </p>
      <ul className="hand" aria-label={t('shift.open', { count: hand.open })}>
        {hand.incidents.map(({ id, number, kind, phase }) => {
          const clock = dueOf.get(id)
          return (
            <li key={id}>
              <span className="num">{shortNumber(number)}</span> <span className="text">{kinds.name(kind)}</span>{' '}
              <span>{t(`phase.${phase}`)}</span>
              {clock ? (
                <small>{t('shift.clock', { point: t(`clock.rule.dispatch.${clock.rule}`), time: clockTime(clock.due) })}</small>
              ) : null}
            </li>
          )
        })}
      </ul>
      {more > 0 ? <p>{t('shift.more', { count: more })}</p> : null}
    </>
  )
}

function Check({ offer: { equipment, note } }: { offer: Offered }) {
  const { t } = useTranslation()
  const faults = equipment.filter(({ ok }) => !ok).map(({ item, note: why }) => `${t(`equipment.${item}`)} ${why ?? ''}`)
  return (
    <p>
      <Sign tone={faults.length > 0 ? 'warn' : 'good'} />{' '}
      {faults.length > 0 ? t('shift.faulty', { items: faults.join(t('shell.comma')) }) : t('shift.sound')}
      {note ? <q>{note}</q> : null}
    </p>
  )
}

function useOffers(desk: Desk): readonly Offer[] {
  const { account } = useMe()
  const { people } = desk
  return useMemo<readonly Offer[]>(() => {
    const others = people.filter((one) => one.account !== account)
    const controls = {
      to: (control: Parameters<typeof EquipmentField>[0]['control']) => <SuccessorField people={others} control={control} />,
      equipment: (control: Parameters<typeof EquipmentField>[0]['control']) => <EquipmentField control={control} />,
    }
    return [
      { type: 'handOver', schema: commands.handOver, hints: { controls } },
      { type: 'leaveShift', schema: commands.leaveShift },
      { type: 'endShift', schema: commands.endShift },
    ]
  }, [people, account])
}

/** What is open, what the outgoing person says of it, and everything that may be done with the shift. */
function Details({ desk, again, giving }: { desk: Desk; again: () => void; giving: ReturnType<typeof useGiving> }) {
  const { t } = useTranslation()
  const reason = useReason()
  const offers = useOffers(desk)
  const { shift, can } = desk
  if (shift === null) return null
  const { offer } = shift
  return (
    <div className="desk-details" tabIndex={0} role="group" aria-label={t('shift.details')}>
      <Hand hand={desk.hand} />
      {offer ? <Check offer={offer} /> : null}
      {offer && can.takeOver === true ? (
        <Button
          type="primary"
          loading={giving.busy}
          onClick={() => void giving.give(shift.id, 'takeOver', { offer: offer.n, next: newId() })}
        >
          {t('action.takeOver')}
        </Button>
      ) : offer && can.takeOver ? (
        <p>{reason(can.takeOver)}</p>
      ) : null}
      <Actions module="dispatch" stream={shift.id} can={can} offers={offers} next={['handOver']} done={again} />
    </div>
  )
}

/** The shift of a desk on its board: who has it, and at one's own how it is started, handed over and taken over. */
export function ShiftStrip({ unit, own }: { unit: string; own: boolean }) {
  const { t } = useTranslation()
  const { account } = useMe()
  const sentence = useSentence()
  const [open, setOpen] = useState(false)
  const { data: desk, failure, again } = useDesk(unit, open ? 5000 : undefined)
  const giving = useGiving(again)
  const shift = desk?.shift ?? null
  useOnShift(own && desk ? (shift?.people.some((one) => one.account === account) ?? false) : undefined)
  if (!desk) return failure && own ? <Trouble failure={failure} again={again} /> : null
  const { can } = desk
  const asked = can.takeOver === true
  return (
    <section className="desk-strip" aria-label={t('shift.title')}>
      <div className="desk-line">
        <State desk={desk} />
        <span className="grow" />
        {can.startShift === true ? (
          <Button size="small" loading={giving.busy} onClick={() => void giving.give(`shift:${newId()}`, 'startShift', { unit })}>
            {t('action.startShift')}
          </Button>
        ) : null}
        {shift && can.joinShift === true && !asked ? (
          <Button size="small" loading={giving.busy} onClick={() => void giving.give(shift.id, 'joinShift', {})}>
            {t('action.joinShift')}
          </Button>
        ) : null}
        {shift && own ? (
          <Button size="small" {...(asked && { type: 'primary' as const })} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'shift.close' : asked ? 'shift.toTakeOver' : 'shift.details')}
          </Button>
        ) : null}
      </div>
      <p className="problem" role="alert">
        {giving.failure ? (
          <>
            <Sign tone="alarm" /> {sentence(giving.failure)}
          </>
        ) : null}
      </p>
      {open ? <Details desk={desk} again={again} giving={giving} /> : null}
    </section>
  )
}
