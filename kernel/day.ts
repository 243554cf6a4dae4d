const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
/** The day of an instant where the force is. */
export const dayOf = (at: string | number): string => day.format(new Date(at))

const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })
/** The hour of an instant where the force is, 0 to 23. */
export const hourOf = (at: string | number): number => Number(hour.format(new Date(at)))
