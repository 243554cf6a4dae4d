/** Something wrong with a file or a line of it. `key` names the sentence in `words/*.json`; `field`, a column, and `values` fill its blanks. */
export interface Fault {
  readonly key: string
  readonly field?: Column
  readonly values?: Readonly<Record<string, string | number>>
}

/** What a column is called where we speak of it: `import.column.<name>`. */
export type Column =
  | 'code'
  | 'kind'
  | 'name'
  | 'parent'
  | 'lon'
  | 'lat'
  | 'login'
  | 'person'
  | 'unit'
  | 'role'
  | 'roleUnit'
  | 'geometry'
  | 'schematic'

/** What was read, or why nothing was. */
export type Read<Value> = { readonly value: Value } | { readonly fault: Fault }
