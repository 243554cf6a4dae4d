import { Input } from 'antd'
import type { Control } from './Form.tsx'

/** Beijing time, as the force's clocks show it; the browser's own zone does not matter. */
export const Moment = ({ id, value, set, invalid, describedBy }: Control) => (
  <Input
    id={id}
    type="datetime-local"
    value={String(value ?? '').slice(0, 16)}
    onChange={(event) => set(event.target.value === '' ? undefined : `${event.target.value}:00+08:00`)}
    aria-invalid={invalid || undefined}
    aria-describedby={describedBy}
  />
)
