/** What this browser keeps on the disk for Plumbline, sealed contents read as text. */
globalThis.stored = async () => {
  const settled = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result)
      request.onerror = () => failed(request.error)
    })
  const db = await settled(indexedDB.open('plumbline'))
  const all = (name) => settled(db.transaction(name).objectStore(name).getAll())
  const [keys, entries] = [await all('key'), await all('entry')]
  db.close()
  return { keys: keys.length, entries: entries.map(({ account, content }) => ({ account, text: new TextDecoder().decode(content) })) }
}

/** What runs out of the window, in pixels, and what is too small for a thumb. */
globalThis.outgrown = () => {
  const over = (element) => element.scrollWidth - element.clientWidth
  const small = [...document.querySelectorAll('.duty button, .duty a, .duty .choice, .duty summary')]
    .map((element) => ({ name: element.textContent, height: element.getBoundingClientRect().height }))
    .filter(({ height }) => height > 0 && height < 40)
  return { page: over(document.documentElement), main: over(document.querySelector('main')), small }
}
