/** Without those that look alike on paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const length = 16

/** How many random bytes a password is made of. */
export const passwordBytes = length * 2

/** A password for the first log-in, to be read off paper: 16 of 31 letters, 79 bits. */
export function passwordFrom(random: Uint8Array): string {
  const picked = Array.from(
    { length },
    (_, index) => letters[(((random[2 * index] ?? 0) << 8) | (random[2 * index + 1] ?? 0)) % letters.length],
  )
  return picked.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** One cell of a CSV, quoted where it must be; a spreadsheet takes none for a formula. */
const cell = (text: string): string => {
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
