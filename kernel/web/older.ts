/** Two things that the oldest browser we promise (Chrome 90) lacks and that schemas and libraries call. */
if (!Reflect.has(Array.prototype, 'at'))
  Object.defineProperty(Array.prototype, 'at', {
    value(this: readonly unknown[], index: number) {
      return this[index < 0 ? this.length + index : index]
    },
    writable: true,
    configurable: true,
  })
if (!Reflect.has(Object, 'hasOwn'))
  Object.defineProperty(Object, 'hasOwn', {
    value: (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key),
    writable: true,
    configurable: true,
  })
export {}
