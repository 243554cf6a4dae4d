import { dayOf } from '#kernel/day.ts'
import type { Control } from '#kernel/web/Form.tsx'
import { serverNow } from '#kernel/web/time.ts'

/** A day from today on, or a time of day, where the force is. */
export const DayField = ({ control, type = 'date' }: { control: Control; type?: 'date' | 'time' }) => (
  <input
    type={type}
    id={control.id}
    className="input"
    {...(type === 'date' && { min: dayOf(serverNow()) })}
    value={String(control.value ?? '')}
    aria-invalid={control.invalid || undefined}
    aria-describedby={control.describedBy}
    onChange={(event) => control.set(event.target.value)}
  />
)
