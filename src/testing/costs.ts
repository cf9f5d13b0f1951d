/** A reporter of vitest: which test files take the most CPU seconds. `npm run test:costs` prints it. */
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import type {} from './cpu-time.ts'

const tidy = (seconds: number): string => seconds.toFixed(1).padStart(8)

export default class Costs implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .map((one) => ({
        project: one.project.name,
        file: relative(process.cwd(), one.moduleId),
        ...(one.meta().cpu ?? { own: 0, children: 0 }),
      }))
      .sort((a, b) => b.own + b.children - a.own - a.children)
    const { user, system } = process.cpuUsage()
    const main = (user + system) / 1e6
    const total = rows.reduce((sum, { own, children }) => sum + own + children, 0)
    const lines = rows.map(
      ({ project, file, own, children }) =>
        `${tidy(own + children)}${tidy(children)}  ${project.padEnd(8)}${file}`,
    )
    console.log(
      [
        '',
        '     CPU s, of them in child processes',
        ...lines,
        `${tidy(total)}  ${rows.length} test files`,
        `${tidy(main)}  vitest itself, which transforms modules`,
      ].join('\n'),
    )
  }
}
