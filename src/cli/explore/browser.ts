/** Opens the page in a browser, without showing its secret to others who can list the processes of this machine. */
import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { xmlText } from '../../report/pictures/render.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/**
 * Opens a browser on a file that only this user can read, which leads on to the address. What is returned takes the file
 * away; a browser that is not there is no error.
 */
export const openBrowser = (address: string): (() => void) => {
  const folder = temporaryFolder()
  const file = join(folder, 'explore.html')
  const text = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${xmlText(address)}"><title>clustercheck</title>\n`
  writeFileSync(file, text, { mode: 0o600 })
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, pathToFileURL(file).href], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
  return () => rmSync(folder, { recursive: true, force: true })
}
