import type { Event } from '../contract.ts'
import type { Inquiry } from '../contract/inquiry.ts'
import { officersOnly } from './handling.ts'
import type { Asked } from './asked.ts'
import type { Book } from './book.ts'
import { bringIn } from './continuing.ts'
import { beginSession, endSession } from './sessions.ts'
import { evolveInquiry, inquiryRow, noInquiry } from './stays.ts'
import { checkSafety, recordArrival, recordDeparture, restrain, sober, tellFamily } from './staying.ts'
import { summonOrally } from './summoning.ts'
import type { Matter } from './matter.ts'

type Own =
  | 'summonOrally'
  | 'recordArrival'
  | 'bringIn'
  | 'tellFamily'
  | 'checkSafety'
  | 'beginSession'
  | 'endSession'
  | 'restrain'
  | 'sober'
  | 'recordDeparture'

function decide(matter: Matter, command: Parameters<Book<Inquiry, Own>['decide']>[1], asked: Asked): Event[] {
  officersOnly(matter, asked)
  switch (command.type) {
    case 'summonOrally':
      return summonOrally(matter, command.data, asked)
    case 'recordArrival':
      return recordArrival(matter, command.data, asked)
    case 'bringIn':
      return bringIn(matter, command.data, asked)
    case 'tellFamily':
      return tellFamily(matter, command.data, asked)
    case 'checkSafety':
      return checkSafety(matter, command.data, asked)
    case 'beginSession':
      return beginSession(matter, command.data, asked)
    case 'endSession':
      return endSession(matter, command.data, asked)
    case 'restrain':
      return restrain(matter, command.data, asked)
    case 'sober':
      return sober(matter, command.data, asked)
    case 'recordDeparture':
      return recordDeparture(matter, command.data, asked)
  }
}

/** 传唤、到案、询问查证、继续盘问: from the summons until the person may leave. Somebody is there as soon as he has come, filed or not. */
export const inquiry: Book<Inquiry, Own> = {
  initial: noInquiry,
  commands: [
    'summonOrally',
    'recordArrival',
    'bringIn',
    'tellFamily',
    'checkSafety',
    'beginSession',
    'endSession',
    'restrain',
    'sober',
    'recordDeparture',
  ],
  decide,
  evolve: evolveInquiry,
  row: inquiryRow,
}
