/** What can be imported. */
export const kinds = ['units', 'boundaries', 'people'] as const
export type Kind = (typeof kinds)[number]
