import { useEffect, useState } from 'react'

/** A value that has stood still for a moment: not every key is a question to the server. */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, set] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => set(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
