const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
/** The day of an instant where the force is. */
export const dayOf = (at: string | number): string => day.format(new Date(at))
