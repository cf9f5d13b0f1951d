/** A button that opens a list of things to do: by mouse, by keyboard, and named for screen readers. */
import { useEffect, useId, useRef, useState } from 'preact/hooks'

export interface MenuItem {
  readonly text: string
  readonly note: string
  readonly act: () => void
}

export const MenuButton = ({
  label,
  text,
  items,
  empty,
}: {
  readonly label: string
  readonly text: string
  readonly items: readonly MenuItem[]
  readonly empty: string
}) => {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return
    const list = box.current?.querySelector<HTMLElement>('[role=menu]')
    if (list && list.getBoundingClientRect().right > document.documentElement.clientWidth)
      list.classList.add('flip')
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [isOpen])
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const now = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') setOpen(false)
    else if (to !== undefined && all.length > 0) all[(to + all.length) % all.length]!.focus()
    else return
    event.stopPropagation()
    if (event.key !== 'Tab') event.preventDefault()
  }
  return (
    <div class="menu" ref={box}>
      <button
        type="button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        onClick={() => setOpen(!isOpen)}
      >
        {text}
      </button>
      {isOpen ? (
        <div role="menu" id={id} aria-label={label} onKeyDown={onKey}>
          {items.length === 0 ? (
            <button type="button" role="menuitem" onClick={close}>
              {empty}
            </button>
          ) : (
            items.map(({ text: what, note, act }) => (
              <button
                type="button"
                role="menuitem"
                key={what}
                tabIndex={-1}
                onClick={() => {
                  close()
                  act()
                }}
              >
                {what}
                {note === '' ? null : <small>{note}</small>}
              </button>
            ))
          )}
        </div>
      ) : null}
    </div>
  )
}
