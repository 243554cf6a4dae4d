import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Key, Sign } from '#kernel/web/Tag.tsx'
import { completed, cut, type Entry, mostTyped, undoing } from './bar.ts'
import { useCommands, usePlaceCommands } from './entries.ts'
import type { IntakeState } from './intake.ts'
import { taken } from './place.ts'

const undoMs = 10_000

interface Props {
  readonly state: IntakeState
  readonly send: () => void
}

/** What the bar last did to the form, for as long as it can be undone. */
function useUndo() {
  const [last, set] = useState<{ readonly entry: Entry; readonly undo: () => void } | null>(null)
  useEffect(() => {
    if (last === null) return
    const timer = setTimeout(() => set(null), undoMs)
    return () => clearTimeout(timer)
  }, [last])
  const undo = useCallback(() => {
    last?.undo()
    set(null)
  }, [last])
  return { last, undo, did: (entry: Entry, undoIt: () => void) => set({ entry, undo: undoIt }) }
}

/** Does what an entry says, and remembers how the form was. */
function useDoing({ state, send }: Props) {
  const navigate = useNavigate()
  const { last, undo, did } = useUndo()
  const perform = (entry: Entry) => {
    const { intake, ids, set, clear, restore } = state
    const fill = (part: Partial<typeof intake>) => {
      const before = undoing(intake, part)
      set(part)
      did(entry, () => set(before))
    }
    const { effect } = entry
    switch (effect.does) {
      case 'fill':
        return fill(effect.part)
      case 'place':
        return fill({ place: taken(effect.row, intake.place) })
      case 'clear':
        clear()
        return did(entry, () => restore({ intake, ids }))
      case 'send':
        return send()
      case 'go':
        return void navigate({ to: effect.path })
    }
  }
  return { last, undo, perform }
}

function useBar(props: Props) {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [lost, setLost] = useState(false)
  const [active, setActive] = useState(0)
  const commands = useCommands()
  const places = usePlaceCommands(asked, props.state.intake.place)
  const { last, undo, perform } = useDoing(props)
  const found = completed(asked, commands, places)
  const chosen = found[Math.min(active, found.length - 1)]
  const ask = (next: string) => {
    setAsked(next)
    setActive(0)
  }
  const typed = (next: string, composing: boolean) => {
    const kept = cut(next)
    setText(kept.text)
    setLost(kept.lost)
    if (!composing) ask(kept.text)
  }
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    typed('', false)
    perform(entry)
  }
  return { text, asked, lost, found, chosen, last, undo, run, ask, typed, setActive }
}
type Bar = ReturnType<typeof useBar>

/** F2 from anywhere, `/` and Ctrl+Z where no text is being typed. */
function useKeys(bar: Bar) {
  const input = useRef<HTMLInputElement>(null)
  const back = useRef<HTMLElement | null>(null)
  const { undo } = bar
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.metaKey || document.querySelector('.ant-drawer-open')) return
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null
      if (event.key === 'F2' || (event.key === '/' && !typing && !event.ctrlKey)) {
        event.preventDefault()
        back.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
        input.current?.focus()
      } else if (event.key === 'z' && event.ctrlKey && !typing) {
        event.preventDefault()
        undo()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [undo])
  const leave = () => back.current?.focus()
  return { input, leave }
}

function keyed(event: KeyboardEvent, bar: Bar, leave: () => void): void {
  if (event.nativeEvent.isComposing) return
  const { text, found, chosen, run, typed, setActive, undo } = bar
  const handled = () => {
    event.preventDefault()
    event.stopPropagation()
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    handled()
    setActive((before) => Math.min(Math.max(0, before + (event.key === 'ArrowDown' ? 1 : -1)), Math.max(0, found.length - 1)))
  } else if (event.key === 'Enter') {
    // Whatever stands in the bar, Enter here never sends the form.
    handled()
    run(chosen)
  } else if (event.key === 'Escape') {
    handled()
    if (text === '') leave()
    else typed('', false)
  } else if (event.key === 'z' && event.ctrlKey && text === '') {
    handled()
    undo()
  }
}

/** What will happen on Enter, what has happened, or why nothing will. */
function Echo({ bar, undo }: { bar: Bar; undo: () => void }) {
  const { t } = useTranslation()
  const { asked, lost, chosen, last } = bar
  const said = () => {
    if (lost) return t('bar.cut', { count: mostTyped })
    if (chosen) return t(`bar.echo.${chosen.echo}`, { what: chosen.label })
    return asked.trim() === '' ? '' : t('bar.nothing')
  }
  return (
    <p className="bar-echo">
      <span role="status">
        {lost || (asked.trim() !== '' && !chosen) ? <Sign tone="warn" /> : null} {said()}
        {chosen && !lost ? <Key>Enter</Key> : null}
      </span>
      {last && asked === '' ? (
        <span className="undo">
          {t('bar.did', { what: t(`bar.echo.${last.entry.echo}`, { what: last.entry.label }) })}{' '}
          <button type="button" className="plain" onClick={undo}>
            {t('bar.undo')} <Key>Ctrl Z</Key>
          </button>
        </span>
      ) : null}
    </p>
  )
}

function Completions({ bar, id }: { bar: Bar; id: string }) {
  const { t } = useTranslation()
  return (
    <div className="options above" id={id} role="listbox" aria-label={t('bar.title')}>
      {bar.found.map((entry, index) => (
        <div
          key={entry.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={entry === bar.chosen}
          className={entry === bar.chosen ? 'option active' : 'option'}
          onMouseDown={(event) => {
            event.preventDefault()
            bar.run(entry)
          }}
        >
          <span>{entry.label}</span>
          <small>{entry.hint}</small>
        </div>
      ))}
    </div>
  )
}

/** One line for everything: types, levels, places, units and deeds by code, characters, pinyin or initials. It says what it will do before it does. */
export function CommandBar(props: Props) {
  const { t } = useTranslation()
  const bar = useBar(props)
  const { input, leave } = useKeys(bar)
  const { text, found, chosen, typed, ask } = bar
  const open = found.length > 0
  const id = 'command-bar'
  // Its button goes with what it undid: the keyboard goes back to the bar.
  const undo = () => {
    bar.undo()
    input.current?.focus()
  }
  return (
    <div className="command-bar">
      <div className="combobox">
        <input
          ref={input}
          id={id}
          className="input"
          role="combobox"
          aria-label={t('bar.title')}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${id}-list-${found.indexOf(chosen)}` : undefined}
          aria-keyshortcuts="F2 /"
          autoComplete="off"
          placeholder={t('bar.how')}
          value={text}
          onChange={(event) => typed(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => ask(cut(event.currentTarget.value).text)}
          onKeyDown={(event) => keyed(event, bar, leave)}
          onBlur={() => ask('')}
          onFocus={() => ask(text)}
        />
        {open ? <Completions bar={bar} id={`${id}-list`} /> : null}
      </div>
      <Echo bar={bar} undo={undo} />
    </div>
  )
}
