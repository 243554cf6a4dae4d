import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

// A thread of its own: the first document reads two fonts, which takes a quarter of a second that no request should wait for.

/** What is asked of it: `form` the text of a template, `data` the JSON that it reads. */
export interface Asked {
  readonly id: number
  readonly form: string
  readonly data: string
}
export type Made = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: string }

const font = (file: string): Buffer => readFileSync(new URL(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)))
const fontBlobs = [font('400Regular/NotoSansSC_400Regular.ttf'), font('700Bold/NotoSansSC_700Bold.ttf')]
const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs }] })

/** What was laid out is kept for as many documents more. */
const keepsFor = 10

function made({ id, form, data }: Asked): Made {
  const compiled = compiler.compile({ mainFileContent: form, inputs: { data } })
  const { result } = compiled
  if (result === null)
    return { id, error: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'the template cannot be laid out') }
  const pdf = compiler.pdf(result)
  compiler.evictCache(keepsFor)
  return { id, pdf }
}
parentPort?.on('message', (asked: Asked) => parentPort?.postMessage(made(asked)))
