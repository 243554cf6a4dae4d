import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { promisify } from 'node:util'

const execute = promisify(execFile)
/** Where `lp` prints to, as CUPS_SERVER and client.conf say: `host:port`, or the path of a socket. */
const serverOf = async (signal: AbortSignal): Promise<string> => (await execute('lpstat', ['-H'], { signal })).stdout.trim()

/** What IPP (RFC 8010) marks its values by. */
const tags = { boolean: 0x22, name: 0x42, nameOfLanguage: 0x36, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48 } as const
const [operation, end] = [0x01, 0x03]
const getJobs = 0x000a
/** A status below this is success. */
const refused = 0x0100

const sized = (value: Buffer): Buffer => {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(value.length)
  return Buffer.concat([size, value])
}
const attribute = (tag: number, name: string, value: string | Buffer): Buffer =>
  Buffer.concat([Buffer.of(tag), sized(Buffer.from(name)), sized(Buffer.from(value))])

/**
 * Get-Jobs (RFC 8011, 4.2.6) with `which-jobs` as CUPS knows it: also what has been printed. Names are told to a job's owner only, so it asks as whoever
 * prints; and of a printed job only when something is asked for that CUPS has to read again from its spool, as `job-uuid` (seen with 2.4.2).
 */
const asking = (queue: string, user: string): Buffer =>
  Buffer.concat([
    Buffer.of(2, 0, getJobs >> 8, getJobs & 0xff, 0, 0, 0, 1, operation),
    attribute(tags.charset, 'attributes-charset', 'utf-8'),
    attribute(tags.language, 'attributes-natural-language', 'en'),
    attribute(tags.uri, 'printer-uri', `ipp://localhost/printers/${queue}`),
    attribute(tags.name, 'requesting-user-name', user),
    attribute(tags.keyword, 'which-jobs', 'all'),
    attribute(tags.boolean, 'my-jobs', Buffer.of(1)),
    attribute(tags.keyword, 'requested-attributes', 'job-name'),
    attribute(tags.keyword, '', 'job-uuid'),
    Buffer.of(end),
  ])

/** The values of the attributes of this name, in their order. @throws RangeError when the answer is cut off */
function valuesOf(answer: Buffer, wanted: string): string[] {
  const found: string[] = []
  let at = 8
  const take = (): Buffer => {
    const from = at + 2
    at = from + answer.readUInt16BE(at)
    return answer.subarray(from, at)
  }
  for (let tag = answer.readUInt8(at++); tag !== end; tag = answer.readUInt8(at++)) {
    // What is below this begins a group and has no value.
    if (tag < 0x10) continue
    const [name, value] = [take().toString(), take()]
    if (name !== wanted) continue
    found.push((tag === tags.nameOfLanguage ? value.subarray(4 + value.readUInt16BE(0)) : value).toString())
  }
  return found
}

/** A call over HTTP to a host, or to a socket of this machine. @throws with the status, or what was wrong with the connection */
async function call(server: string, path: string, body: Buffer, signal: AbortSignal): Promise<Buffer> {
  const { hostname, port } = server.startsWith('/') ? { hostname: 'localhost', port: '' } : new URL(`http://${server}`)
  const where = server.startsWith('/') ? { socketPath: server } : { host: hostname.replace(/^\[|\]$/g, ''), port: port || 80 }
  const headers = { host: 'localhost', 'content-type': 'application/ipp', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, path, method: 'POST', headers, signal }, (response) => {
      const parts: Buffer[] = []
      response.on('error', reject).on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts))
        else reject(new Error(`CUPS answers status ${response.statusCode}`))
      })
    })
    asked.on('error', reject).end(body)
  })
}

/**
 * The names of this user's jobs that a queue has taken, printed or not, as far back as CUPS keeps them.
 * @throws with what CUPS says, such as that there is no such queue
 */
export async function jobsOf(queue: string, user: string, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await call(await serverOf(signal), `/printers/${queue}`, asking(queue, user), signal)
  const status = answer.readUInt16BE(2)
  if (status >= refused) throw new Error(valuesOf(answer, 'status-message')[0] ?? `CUPS answers 0x${status.toString(16)}`)
  return valuesOf(answer, 'job-name')
}
