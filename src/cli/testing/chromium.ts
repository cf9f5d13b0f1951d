/** Where a Chromium is: named by the environment, or under one of its usual names on the path. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const executablePath = [
  process.env.CHROMIUM ?? '',
  ...['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  ),
].find((path) => path !== '' && existsSync(path))
