import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import { ask, failed } from './api.ts'
import { holds, type Me } from './session.tsx'
import { Sign } from './Tag.tsx'

/** Whom the simulation of the demonstration plays, and where a visitor who enters most likely means to work himself. */
const played: readonly Role[] = ['callTaker', 'stationDuty', 'patrolOfficer', 'subBureauDuty', 'citySupervisor', 'caseOfficer', 'unitHead']
const worked: readonly Role[] = ['callTaker', 'stationDuty', 'patrolOfficer', 'caseOfficer', 'unitHead']
/** The server takes a seat back two minutes after it was last told; until a simulation is heard of it is asked more often. */
const tellMs = 20_000
const askMs = 4000

const keyOf = (me: Me): string => `seat ${me.login}`
const chosen = (me: Me): boolean => {
  const kept = sessionStorage.getItem(keyOf(me))
  return kept === null ? holds(me, worked) : kept === 'mine'
}

function Seat({ me }: { me: Me }) {
  const { t } = useTranslation()
  const [mine, setMine] = useState(() => chosen(me))
  const [simulated, setSimulated] = useState(false)
  useEffect(() => {
    let on = true
    const tell = () =>
      void ask<{ simulated: boolean }>('POST', '/demo/seats', { mine }).then((answer) => {
        if (on && !failed(answer)) setSimulated(answer.simulated)
      })
    tell()
    const timer = setInterval(tell, simulated ? tellMs : askMs)
    return () => {
      on = false
      clearInterval(timer)
    }
  }, [mine, simulated])
  if (!simulated) return null
  const change = () => {
    sessionStorage.setItem(keyOf(me), mine ? 'simulated' : 'mine')
    setMine(!mine)
  }
  return (
    <div className="seat" role="status">
      <span>
        <Sign tone={mine ? 'line' : 'calm'} /> {t(mine ? 'seat.mine' : 'seat.simulated')}
      </span>
      <button type="button" className="button small" onClick={change}>
        {t(mine ? 'seat.giveBack' : 'seat.take')}
      </button>
    </div>
  )
}

/** In the demonstration city, where its simulation runs: who works at this seat, the visitor or the simulation. A real house has no such thing. */
export const DemoSeat = ({ me }: { me: Me }) => (me.demo && holds(me, played) ? <Seat key={me.login} me={me} /> : null)
