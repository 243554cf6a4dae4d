import type { IncidentRow } from '#modules/dispatch/contract.ts'

/** A frame of the live stream. */
interface Frame {
  readonly event: string
  readonly data: unknown
}

async function* framesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  let left = ''
  for await (const text of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const blocks = (left + text).split('\n\n')
    left = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      yield { event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? 'null') as unknown }
    }
  }
}

/** The incidents that change, until the server says that the views are to be read anew or the stream ends. */
export async function* incidentsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<IncidentRow> {
  for await (const { event, data } of framesOf(stream)) {
    if (event === 'reset' || event === 'bye') return
    const change = data as { module?: string; row?: IncidentRow }
    if (event === 'change' && change.module === 'dispatch' && change.row !== undefined) yield change.row
  }
}
