import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { fits, type Node } from './tree.ts'

interface Props {
  readonly label: string
  readonly nodes: readonly Node[]
  readonly open: ReadonlySet<string>
  /** A tree that is searched stands open. */
  readonly fixed: boolean
  readonly chosen: string | undefined
  readonly choose: (code: string) => void
  readonly toggle: (code: string, open: boolean) => void
  readonly about: (node: Node) => ReactNode
}

const typingMs = 700

/** The node that typed letters name, from the one after the present on and round; a single letter again goes to the next. */
function named(nodes: readonly Node[], at: number, letters: string): number {
  const from = letters.length === 1 ? at + 1 : at
  const order = nodes.map((_, index) => (from + index) % nodes.length)
  const begins = (node: Node) =>
    [node.name, node.code, node.keys.replaceAll(' ', ''), node.keys.split(' ').at(-1)].some((text) =>
      text?.toLowerCase().startsWith(letters),
    )
  return (
    order.find((index) => nodes[index] !== undefined && begins(nodes[index])) ??
    order.find((index) => nodes[index] !== undefined && fits(nodes[index], letters)) ??
    -1
  )
}

function useKeys({ nodes, open, fixed, toggle }: Props, at: number, go: (index: number) => void) {
  const typed = useRef({ letters: '', time: 0 })
  const parent = (node: Node) => nodes.findIndex((one) => one.code === node.parent)
  return (event: KeyboardEvent) => {
    const node = nodes[at]
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing || !node) return
    const shown = node.children > 0 && (fixed || open.has(node.code))
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(nodes.length - 1),
      ArrowRight: () => (shown ? go(at + 1) : node.children > 0 ? toggle(node.code, true) : undefined),
      ArrowLeft: () => (shown && !fixed ? toggle(node.code, false) : go(parent(node))),
      Enter: () => go(at),
      ' ': () => go(at),
    }
    const move = moves[event.key]
    if (!move && event.key.length !== 1) return
    event.preventDefault()
    if (move) return move()
    const fresh = event.timeStamp - typed.current.time > typingMs
    const letters = (fresh ? '' : typed.current.letters) + event.key.toLowerCase()
    typed.current = { letters, time: event.timeStamp }
    const found = named(nodes, at, letters)
    if (found >= 0) go(found)
  }
}

/** The tree of units by the WAI-ARIA pattern: arrows, Home, End, and letters of a name, its spelling or its code. */
export function Tree(props: Props) {
  const { label, nodes, open, fixed, chosen, choose, toggle, about } = props
  const box = useRef<HTMLDivElement>(null)
  const [marked, mark] = useState(chosen)
  const found = nodes.findIndex((node) => node.code === (marked ?? chosen))
  const at = Math.max(0, found)
  const land = useRef(false)
  useEffect(() => mark(chosen), [chosen])
  const item = () => box.current?.querySelector<HTMLElement>('[tabindex="0"]')
  useEffect(() => {
    item()?.scrollIntoView({ block: 'nearest' })
  }, [at])
  useLayoutEffect(() => {
    if (land.current) item()?.focus({ preventScroll: true })
    land.current = false
  })
  const go = (index: number) => {
    const node = nodes[Math.min(Math.max(0, index), nodes.length - 1)]
    if (!node) return
    land.current = true
    mark(node.code)
    choose(node.code)
  }
  const key = useKeys(props, at, go)
  return (
    <div className="tree" role="tree" aria-label={label} ref={box} onKeyDown={key}>
      {nodes.map((node, index) => {
        const shown = fixed || open.has(node.code)
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the tree
          <div
            key={node.code}
            role="treeitem"
            aria-level={node.depth + 1}
            aria-posinset={node.place}
            aria-setsize={node.beside}
            aria-selected={node.code === chosen}
            aria-expanded={node.children > 0 ? shown : undefined}
            tabIndex={index === at ? 0 : -1}
            className={`tree-item depth-${Math.min(node.depth, 4)}${node.code === chosen ? ' chosen' : ''}${node.closed ? ' quiet' : ''}`}
            onClick={() => go(index)}
          >
            <span
              className={node.children > 0 ? 'twist' : 'twist none'}
              aria-hidden="true"
              onClick={(event) => {
                event.stopPropagation()
                if (node.children > 0 && !fixed) toggle(node.code, !shown)
              }}
            >
              <svg viewBox="0 0 10 10" width="10" height="10">
                <path d={shown ? 'M1 3h8L5 8Z' : 'M3 1v8l5-4Z'} fill="currentColor" />
              </svg>
            </span>
            {about(node)}
          </div>
        )
      })}
    </div>
  )
}
