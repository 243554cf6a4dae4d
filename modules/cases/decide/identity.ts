/** GB 11643-1999: the weights of the first 17 digits of a resident's number, and the sign for each remainder by 11. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const signs = '10X98765432'

/** Whether a resident's number is well formed and its last sign is the one that the others ask for. */
export function checks(number: string): boolean {
  const plain = number.replaceAll(/\s/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(plain)) return false
  const sum = weights.reduce((all, weight, at) => all + weight * Number(plain[at]), 0)
  return signs[sum % 11] === plain[17]
}
