import type { Read } from './fault.ts'

/** Files of a whole force are far smaller; a larger one is a mistake, and would fill the memory of a browser. */
export const mostBytes = { csv: 8 * 1024 * 1024, geojson: 64 * 1024 * 1024 } as const

export interface Text {
  readonly text: string
  /** As people know it: it is shown, so that a wrong guess is seen before anything is sent. */
  readonly encoding: 'UTF-8' | 'UTF-16' | 'GB18030'
}

const utf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: the letters and commas of a header have an empty half.
  const [even, odd] = [0, 1].map((first) => bytes.subarray(0, 200).filter((byte, index) => index % 2 === first && byte === 0).length)
  if (even === odd) return null
  return (even ?? 0) > (odd ?? 0) ? 'utf-16be' : 'utf-16le'
}

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * Whether bytes that GB18030 can read were written in it. Almost any bytes can be read so, Big5 among them; but nine in ten characters of a text written
 * in China are of GB 2312, whose second byte is never below A1.
 */
function written(bytes: Uint8Array): boolean {
  let [common, rare] = [0, 0]
  for (let index = 0; index < bytes.length; index++) {
    if ((bytes[index] ?? 0) < 0x80) continue
    const [lead = 0, trail = 0] = bytes.subarray(index, index + 2)
    if (trail >= 0x30 && trail <= 0x39) index += 3
    else {
      index += 1
      if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) common += 1
      else rare += 1
    }
  }
  return common >= 2 * rare
}

const strange = /[\u0000-\u0008\u000e-\u001f\ufffd\ue000-\uf8ff]/

/** The text of a file in one of the three ways in which offices write: UTF-8, UTF-16 as spreadsheets save it, GB18030. Never a guess that turns names into rubbish. */
export function textOf(bytes: Uint8Array, most: number): Read<Text> {
  if (bytes.length === 0) return { fault: { key: 'import.wrong.empty' } }
  if (bytes.length > most) return { fault: { key: 'import.wrong.large', values: { most: Math.round(most / 1024 / 1024) } } }
  const wide = utf16(bytes)
  const attempts = wide === null ? (['utf-8', 'gb18030'] as const) : ([wide] as const)
  for (const attempt of attempts) {
    const text = decoded(bytes, attempt)
    if (text === null || strange.test(text) || (attempt === 'gb18030' && !written(bytes))) continue
    if (text.trim() === '') return { fault: { key: 'import.wrong.empty' } }
    return { value: { text, encoding: attempt === 'utf-8' ? 'UTF-8' : attempt === 'gb18030' ? 'GB18030' : 'UTF-16' } }
  }
  return { fault: { key: 'import.wrong.encoding' } }
}
