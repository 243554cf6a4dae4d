import { createColumnHelper, type Row, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useNarrow } from './screen.ts'

export interface Column<Data> {
  readonly id: string
  readonly header: string
  /** A track of the grid: `96px`, `minmax(0, 1fr)`. */
  readonly width: string
  readonly right?: boolean
  readonly cell: (row: Data) => ReactNode
}

interface Props<Data> {
  readonly label: string
  readonly rows: readonly Data[]
  readonly id: (row: Data) => string
  readonly columns: readonly Column<Data>[]
  /** The two lines of a row at phone width. */
  readonly narrow: (row: Data) => ReactNode
  readonly chosen?: string | undefined
  readonly choose?: (row: Data) => void
  readonly open?: (row: Data) => void
  /** Keys that act on the marked row. */
  readonly keys?: Readonly<Record<string, (row: Data) => void>>
  readonly tone?: (row: Data) => 'ringing' | 'quiet' | undefined
  /** What stands over a row whose group is another than that of the row before. */
  readonly heading?: (row: Data, before: Data | undefined) => string | undefined
  /** `j` and `k` step as the arrows do: only where no action of the page has these letters. */
  readonly letters?: true
  readonly empty: ReactNode
  /** The rows that stand in the window now, told after they were painted. */
  readonly painted?: (ids: readonly string[]) => void
}

const features = tableFeatures({})
const [tall, high, headed] = [64, 38, 32]

/** Which row the keyboard is on. It stays on its record when the list moves, and on its place when the record leaves. */
function useMark<Data extends RowData>({ rows, id, chosen }: Props<Data>) {
  const [marked, setMarked] = useState<string | undefined>(chosen)
  const last = useRef(0)
  const found = rows.findIndex((row) => id(row) === marked)
  const index = found >= 0 ? found : Math.min(last.current, Math.max(0, rows.length - 1))
  useEffect(() => {
    last.current = index
  }, [index])
  useEffect(() => {
    if (chosen) setMarked(chosen)
  }, [chosen])
  return { index, mark: setMarked }
}

const steps: Record<string, (index: number, page: number, last: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, page) => index + page,
  PageUp: (index, page) => index - page,
  Home: () => 0,
  End: (_index, _page, last) => last,
}
const letters: typeof steps = { j: (index) => index + 1, k: (index) => index - 1 }

interface LineProps<Data extends RowData> {
  readonly row: Row<typeof features, Data>
  readonly item: VirtualItem
  readonly props: Props<Data>
  readonly narrow: boolean
  readonly here: boolean
  readonly template: string
  readonly heading: string | undefined
  readonly press: (row: Data) => void
}

function GridLine<Data extends RowData>({ row, item, props, narrow, here, template, heading, press }: LineProps<Data>) {
  const data = row.original
  const key = props.id(data)
  const tone = props.tone?.(data)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the grid
    <div
      role="row"
      data-id={key}
      aria-rowindex={item.index + 2}
      aria-selected={key === props.chosen}
      tabIndex={here ? 0 : -1}
      className={`line${key === props.chosen ? ' chosen' : ''}${tone ? ` ${tone}` : ''}${heading ? ' headed' : ''}`}
      style={{ transform: `translateY(${item.start}px)`, height: item.size, gridTemplateColumns: template }}
      onClick={() => press(data)}
    >
      {heading ? (
        <div role="gridcell" aria-colspan={narrow ? 1 : props.columns.length} className="heading">
          {heading}
        </div>
      ) : null}
      {narrow ? (
        <div role="gridcell" className="two-lines">
          {props.narrow(data)}
        </div>
      ) : (
        props.columns.map((column, index) => (
          <div key={column.id} role="gridcell" aria-colindex={index + 1} className={column.right ? 'cell right' : 'cell'}>
            {column.cell(data)}
          </div>
        ))
      )}
    </div>
  )
}
const Line = memo(GridLine) as typeof GridLine

function useRows<Data extends RowData>(props: Props<Data>) {
  const { rows: data, id } = props
  const helper = useMemo(() => createColumnHelper<typeof features, Data>(), [])
  const columns = useMemo(
    () =>
      props.columns.map((column) => helper.display({ id: column.id, header: column.header, cell: (at) => column.cell(at.row.original) })),
    [props.columns, helper],
  )
  const table = useTable({ features, columns, data: data as Data[], getRowId: id })
  return table.getRowModel().rows
}

/** When rows come in above a scrolled list, what is being read must not move away under the eye. */
function useAnchor<Data extends RowData>(scroll: { current: HTMLDivElement | null }, { rows, id }: Props<Data>, size: number) {
  const top = useRef<string | undefined>(undefined)
  const first = rows[0] ? id(rows[0]) : undefined
  useLayoutEffect(() => {
    const element = scroll.current
    const before = top.current
    top.current = first
    if (!element || !before || before === first || element.scrollTop < size) return
    const moved = rows.findIndex((row) => id(row) === before)
    if (moved > 0) element.scrollTop += moved * size
  }, [first, rows, id, scroll, size])
}

function usePainted(items: readonly VirtualItem[], ids: (index: number) => string | undefined, painted?: (ids: readonly string[]) => void) {
  const shown = items.map((item) => ids(item.index) ?? '').join(' ')
  useEffect(() => {
    if (painted) painted(shown ? shown.split(' ') : [])
  }, [shown, painted])
}

/** Which rows stand in the window, and what stands over each: a row with a heading is taller. */
function useLines<Data extends RowData>(scroll: { current: HTMLDivElement | null }, { rows, id, heading }: Props<Data>, size: number) {
  const headingOf = (index: number): string | undefined => (rows[index] ? heading?.(rows[index], rows[index - 1]) : undefined)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => size + (headingOf(index) ? headed : 0),
    getItemKey: (index) => (rows[index] ? id(rows[index]) : index),
    overscan: 6,
  })
  const tops = heading === undefined ? '' : rows.flatMap((_, index) => (headingOf(index) ? [index] : [])).join()
  useLayoutEffect(() => virtual.measure(), [size, tops, virtual])
  return { virtual, headingOf }
}

/** A keyboard that is nowhere yet starts in the list. */
function useFirstFocus(scroll: { current: HTMLDivElement | null }, ready: boolean) {
  const done = useRef(false)
  useEffect(() => {
    if (done.current || !ready) return
    done.current = true
    if (document.activeElement === document.body)
      scroll.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true })
  }, [ready, scroll])
}

function GridHead<Data>(props: { label: string; columns: readonly Column<Data>[]; narrow: boolean; template: string }) {
  const { label, columns, narrow, template } = props
  return (
    <div role="rowgroup" className="head">
      <div role="row" aria-rowindex={1} className="line" style={{ gridTemplateColumns: template }}>
        {(narrow ? columns.slice(0, 1) : columns).map((column, at) => (
          <div key={column.id} role="columnheader" aria-colindex={at + 1} className={column.right ? 'cell right' : 'cell'}>
            {narrow ? label : column.header}
          </div>
        ))}
      </div>
    </div>
  )
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <div role="row">
      <div role="gridcell">{children}</div>
    </div>
  )
}

/** The keyboard comes to a row, unless something else has taken it in between: the drawer of an action that was asked for at once. */
function land(list: HTMLElement | null, row: number): void {
  const here = document.activeElement
  if (here && here !== document.body && !list?.contains(here)) return
  list?.querySelector<HTMLElement>(`[aria-rowindex="${row}"]`)?.focus({ preventScroll: true })
}

/** The house's live list: a grid for screen readers and keyboards, drawn only where it is looked at; at phone width rows of two lines. */
export function Grid<Data extends RowData>(props: Props<Data>) {
  const { rows, id, columns, label } = props
  const narrow = useNarrow()
  const scroll = useRef<HTMLDivElement>(null)
  const size = narrow ? tall : high
  const model = useRows(props)
  const { virtual, headingOf } = useLines(scroll, props, size)
  useAnchor(scroll, props, size)
  const { index, mark } = useMark(props)
  const template = narrow ? '1fr' : columns.map((column) => column.width).join(' ')
  const items = virtual.getVirtualItems()
  usePainted(items, (at) => (rows[at] ? id(rows[at]) : undefined), props.painted)
  const go = (next: number) => {
    const at = Math.min(Math.max(0, next), rows.length - 1)
    const row = rows[at]
    if (!row) return
    mark(id(row))
    if (!narrow) props.choose?.(row)
    virtual.scrollToIndex(at)
    requestAnimationFrame(() => requestAnimationFrame(() => land(scroll.current, at + 2)))
  }
  useFirstFocus(scroll, rows.length > 0 && !narrow)
  const key = (event: KeyboardEvent) => {
    const row = rows[index]
    const step = steps[event.key] ?? (props.letters ? letters[event.key] : undefined)
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / size) - 1)
    const act = event.key === 'Enter' ? props.open : props.keys?.[event.key.toLowerCase()]
    if (!step && !act) return
    event.preventDefault()
    if (step) go(step(index, page, rows.length - 1))
    else act?.(row)
  }
  const press = (row: Data) => {
    mark(id(row))
    props.choose?.(row)
  }
  return (
    // A table cannot be drawn in part
    <div
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={narrow ? 1 : columns.length}
      onKeyDown={key}
    >
      <GridHead label={label} columns={columns} narrow={narrow} template={template} />
      <div role="rowgroup" className="body" ref={scroll}>
        <div role="presentation" className="extent" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = model[item.index]
            const here = item.index === index
            return row ? (
              <Line key={row.id} {...{ row, item, props, narrow, here, template, press }} heading={headingOf(item.index)} />
            ) : null
          })}
        </div>
        {rows.length === 0 ? <Nothing>{props.empty}</Nothing> : null}
      </div>
    </div>
  )
}
