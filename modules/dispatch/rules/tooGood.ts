import type { IncidentRow } from '../contract.ts'
import type { Figure, Flag, SpanName } from '../contract/statistics.ts'
import { interval } from './spans.ts'

/**
 * Where a unit's figures are too good to be true. In one week's bulletin counties report 99.8 % of arrivals within five minutes while the city centre has
 * 71 %: what is entered by those who are judged by it drifts to perfect (Ankang 110 bulletins). A flag asks how the
 * numbers come about; it says nothing of any person, and changes no figure. All limits are the house's own.
 */
export const tooGood = {
  /** Arrivals or feedback: at least `count`, `share` of them within the first band, and `typed` of them given by a person. */
  firstBand: { count: 100, share: 0.995, typed: 0.5 },
  /** Nine in ten receipts or arrivals within so many milliseconds: faster than somebody reads, or gets anywhere. */
  atOnce: { count: 50, receipt: 2000, arrival: 60_000 },
  /** Of at least `count` arrivals or feedbacks `share` took the same whole second. */
  sameAgain: { count: 50, share: 0.2 },
  /** Of at least `count` that ended, `share` are in no figure: what is left may be the better part. */
  mostLeft: { count: 50, share: 0.5 },
  /** Arrivals that were faster there than the way allows: of at least so many metres, for a shorter one says too little; one is asked about already. */
  tooFast: { metres: 500, count: 1 },
} as const

/** What the rules look at: a figure of one unit, and how often its most frequent whole second comes. */
export interface Judged {
  readonly of: SpanName
  readonly figure: Figure
  readonly repeated: number
  /** Of the arrivals, how many were faster than the way allows. */
  readonly fast: number
}

const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10
const given = ({ sources }: Figure): number => sources.typed ?? 0

function firstBand(of: SpanName, figure: Figure): Flag[] {
  const { count, share, typed } = tooGood.firstBand
  const [first = 0] = figure.bands
  const holds = figure.count >= count && first >= share * figure.count && given(figure) >= typed * figure.count
  return holds
    ? [
        {
          rule: 'firstBand',
          of,
          values: { share: percent(first, figure.count), typed: percent(given(figure), figure.count), count: figure.count },
        },
      ]
    : []
}

function atOnce(of: 'receipt' | 'arrival', { count, p90 }: Figure): Flag[] {
  const holds = count >= tooGood.atOnce.count && p90 !== null && p90 <= tooGood.atOnce[of]
  return holds ? [{ rule: 'atOnce', of, values: { seconds: Math.ceil(p90 / 100) / 10, count } }] : []
}

function sameAgain(of: 'arrival' | 'feedback', { count }: Figure, repeated: number): Flag[] {
  const holds = count >= tooGood.sameAgain.count && repeated >= tooGood.sameAgain.share * count
  return holds ? [{ rule: 'sameAgain', of, values: { share: percent(repeated, count), count } }] : []
}

function mostLeft(of: SpanName, { count, left }: Figure): Flag[] {
  const out = Object.values(left).reduce((sum, one) => sum + one, 0)
  const holds = count + out >= tooGood.mostLeft.count && out >= tooGood.mostLeft.share * (count + out)
  return holds ? [{ rule: 'mostLeft', of, values: { share: percent(out, count + out), count: count + out } }] : []
}

function tooFastOf(of: 'arrival', { count }: Figure, fast: number): Flag[] {
  return fast >= tooGood.tooFast.count ? [{ rule: 'tooFast', of, values: { times: fast, count } }] : []
}

/** Every flag of one unit's figure. */
export function flagsOf({ of, figure, repeated, fast }: Judged): readonly Flag[] {
  switch (of) {
    case 'reached':
      return []
    case 'receipt':
      return atOnce(of, figure)
    case 'arrival':
      return [
        ...firstBand(of, figure),
        ...atOnce(of, figure),
        ...sameAgain(of, figure, repeated),
        ...mostLeft(of, figure),
        ...tooFastOf(of, figure, fast),
      ]
    case 'feedback':
      return [...firstBand(of, figure), ...sameAgain(of, figure, repeated), ...mostLeft(of, figure)]
  }
}

/**
 * The way and the milliseconds of an arrival that was faster than anybody goes; null: it was not, or too little is known. Times count as they do in every
 * figure: a typed arrival from when the server had it, and nothing where only a person knows when they were sent.
 */
export function tooFast({
  way,
  milestones,
  imported,
}: Pick<IncidentRow, 'way' | 'milestones' | 'imported'>): { metres: number; took: number } | null {
  const { took } = interval(milestones.assigned, milestones.arrived, imported)
  if (way === undefined || took === null || way.metres < tooGood.tooFast.metres) return null
  return way.metres * 3600 > way.most.value * took ? { metres: way.metres, took } : null
}
