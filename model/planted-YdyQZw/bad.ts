import { check } from '../../src/search/breadth-first.ts'
export { check }
