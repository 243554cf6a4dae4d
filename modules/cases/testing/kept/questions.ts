import { inspect } from '../checks.ts'
import { noFacts, type Record, reporter } from '../given.ts'
import { arrived, begin, givenCase } from '../inquiry.ts'
import { type Kept, kept } from '../kept.ts'

const standard = { facts: { settings: { ...noFacts.settings, standardVenue: 1 } } }
const one = { second: undefined }
const remote = (recorded: boolean, record: Record = givenCase()) => record.do(begin({ venue: 'remote', recorded }))
const atOnce = (recorded: boolean) => givenCase().do(inspect({ atOnce: true, recorded }))

/** Where somebody is questioned, and what is recorded. */
export const venues: readonly Kept[] = [
  kept(
    'q-venue',
    'area-only',
    () => arrived().do(begin()),
    () => arrived().do(begin({ venue: 'scene' })),
  ),
  kept(
    'q-av',
    'recording-needed',
    () => arrived().do(begin()),
    () => arrived().do(begin({ recorded: false })),
  ),
  kept(
    'q-remote',
    'recording-needed',
    () => remote(true),
    () => remote(false),
    'PSL25 100',
  ),
  kept(
    'ver-av.remote',
    'recording-needed',
    () => remote(true),
    () => remote(false),
  ),
  kept(
    'ver-av.inspection',
    'recording-needed',
    () => atOnce(true),
    () => atOnce(false),
  ),
]

/** By how many. */
export const twoOfficers: readonly Kept[] = [
  kept(
    'q-two',
    'two-officers',
    () => arrived().do(begin()),
    () => arrived().do(begin(one)),
  ),
  // One alone where the venue is a standard one, and where it is none.
  kept(
    'q-one',
    'two-officers',
    () => arrived().do(begin(one), standard),
    () => arrived().do(begin(one)),
    'PSL25 108; AP 52',
  ),
  kept(
    'ver-av.oneOfficer',
    'two-officers',
    () => arrived().do(begin({ ...one, person: reporter.id }), standard),
    () => arrived().do(begin({ ...one, person: reporter.id, recorded: false }), standard),
    'PSL25 108; AP 52',
  ),
]
