import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Option {
  readonly value: string
  readonly label: string
  /** Shown beside the label and searched as well: code, group, parent. */
  readonly hint?: string
}

interface Props {
  readonly id?: string
  readonly label?: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly optional?: boolean
  readonly autoFocus?: boolean
}

const shown = 60
const matches = (option: Option, words: readonly string[]): boolean => {
  const text = `${option.label} ${option.hint ?? ''} ${option.value}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

function Options(props: {
  id: string
  label: string
  found: readonly Option[]
  active: number
  value: string
  pick: (option: Option) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="options" id={props.id} role="listbox" aria-label={props.label}>
      {props.found.length === 0 ? (
        <div className="option none" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
          {t('form.noMatch')}
        </div>
      ) : null}
      {props.found.map((option, index) => (
        <div
          key={option.value}
          id={`${props.id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={option.value === props.value}
          className={index === props.active ? 'option active' : 'option'}
          onMouseDown={(event) => {
            event.preventDefault()
            props.pick(option)
          }}
        >
          <span>{option.label}</span>
          {option.hint ? <small>{option.hint}</small> : null}
        </div>
      ))}
    </div>
  )
}

function useCombobox(props: Props, id: string) {
  const { value, options } = props
  const chosen = options.find((option) => option.value === value)
  const [text, setText] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const open = text !== null
  const found = useMemo(() => {
    const words = (text ?? '').trim().toLowerCase().split(/\s+/)
    return options.filter((option) => matches(option, words)).slice(0, shown)
  }, [text, options])
  useEffect(() => {
    if (open) box.current?.querySelector(`#${CSS.escape(`${id}-list-${active}`)}`)?.scrollIntoView({ block: 'nearest' })
  }, [open, active, id])
  const show = (next: string | null) => {
    setText(next)
    setActive(Math.max(0, next === '' ? options.findIndex((option) => option.value === value) : 0))
  }
  const pick = (option: Option) => {
    props.onChange(option.value)
    setText(null)
  }
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) show('')
      else setActive((before) => Math.min(Math.max(0, before + (event.key === 'ArrowDown' ? 1 : -1)), found.length - 1))
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setText(null)
    } else if (event.key === 'Enter' && open && !event.ctrlKey) {
      event.preventDefault()
      const option = found[active]
      if (option) pick(option)
    } else if (event.key === 'Tab' && open && text !== '') {
      const option = found[active]
      if (option) pick(option)
    }
  }
  const typed = (next: string) => {
    if (next === '' && props.optional) props.onChange('')
    show(next)
  }
  const close = () => setText(null)
  return { chosen, text, active, box, open, found, show, pick, key, typed, close }
}

/** One of many by typing its name or code (WAI-ARIA combobox with a list). Enter takes the marked one; only with the list closed does it go on to the form. */
export function Combobox(props: Props) {
  const own = useId()
  const id = props.id ?? own
  const { value } = props
  const { chosen, text, active, box, open, found, show, pick, key, typed, close } = useCombobox(props, id)
  return (
    <div className="combobox" ref={box}>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found.length > 0 ? `${id}-list-${active}` : undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        autoComplete="off"
        // The first field of a drawer that was just asked for
        autoFocus={props.autoFocus}
        placeholder={props.placeholder}
        value={text ?? chosen?.label ?? value}
        onChange={(event) => typed(event.target.value)}
        onClick={() => show(open ? text : '')}
        onBlur={close}
        onFocus={(event) => event.target.select()}
        onKeyDown={key}
      />
      {open ? <Options id={`${id}-list`} label={props.label ?? ''} found={found} active={active} value={value} pick={pick} /> : null}
    </div>
  )
}
