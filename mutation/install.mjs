/** Stryker and its runner for Vitest: some 160 packages, which only this command installs. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HERE = import.meta.dirname
const versionIn = (path) => JSON.parse(readFileSync(path, 'utf8')).version

/** Installs what is missing. The result is a sentence where that fails. */
export const installed = () => {
  const { dependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'))
  const isThere = ([name, version]) => {
    const path = join(HERE, 'node_modules', name, 'package.json')
    return existsSync(path) && versionIn(path) === version
  }
  if (Object.entries(dependencies).every(isThere)) return undefined
  // Vitest is the runner's peer: it has to be that of the project, so none is installed here.
  const { status, stderr } = spawnSync(
    'npm',
    ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0'],
    { cwd: HERE, encoding: 'utf8' },
  )
  if (status === 0) return undefined
  const reason =
    stderr?.split('\n').find((line) => /^npm (error|ERR!)/.test(line)) ?? 'npm could not be started'
  return `Mutation testing needs Stryker ${dependencies['@stryker-mutator/core']}, which this command fetches when it runs first, and that failed (${reason.replace(/^npm (error|ERR!) /, '')}): run it again with a network.`
}
