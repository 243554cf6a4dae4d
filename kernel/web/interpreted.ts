import { config } from 'zod'

/** The page's policy forbids making code out of text; without this schemas would try it once, and the browser would report it. */
config({ jitless: true })
