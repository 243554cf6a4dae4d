// A printer of the browser tests: it takes what a page prints and says so, as the dialogue of a real one would stop the page.
globalThis.printed = 0
globalThis.print = () => {
  globalThis.printed += 1
}
