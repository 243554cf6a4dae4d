// Preloaded into a server process (`node --import`): its clock is LATER_MS ahead of the machine's. The database keeps the machine's time.
import { ServerResponse } from 'node:http'

const ahead = Number(process.env.LATER_MS)
const Real = Date
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead)
    else super(...given)
  }
  static now() {
    return Real.now() + ahead
  }
}

// Node itself took the machine's Date before this one stood there.
ServerResponse.prototype.writeHead = new Proxy(Reflect.get(ServerResponse.prototype, 'writeHead'), {
  apply(write, response, given) {
    if (!response.hasHeader('date')) response.setHeader('date', new Date().toUTCString())
    return Reflect.apply(write, response, given)
  },
})
